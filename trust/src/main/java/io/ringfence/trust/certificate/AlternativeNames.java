package io.ringfence.trust.certificate;

import java.net.InetAddress;
import org.bouncycastle.asn1.x509.GeneralName;

/// Tells literal addresses from DNS names; looks nothing up.
final class AlternativeNames {
    private AlternativeNames() {}

    static GeneralName of(String text) {
        return isAddress(text)
                ? new GeneralName(GeneralName.iPAddress, text)
                : new GeneralName(GeneralName.dNSName, text);
    }

    private static boolean isAddress(String text) {
        try {
            InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException notLiteral) {
            return false;
        }
    }
}
