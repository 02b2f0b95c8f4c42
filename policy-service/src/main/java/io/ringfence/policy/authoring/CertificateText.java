package io.ringfence.policy.authoring;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;

/// One or several certificates in PEM.
final class CertificateText {
    private CertificateText() {}

    /// @throws IllegalArgumentException if there is no certificate in the text
    static Collection<? extends Certificate> parse(String text) {
        try {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(
                                    new ByteArrayInputStream(
                                            text.getBytes(StandardCharsets.UTF_8)));
            if (certificates.isEmpty() || !text.contains("-----BEGIN CERTIFICATE-----")) {
                throw refuse();
            }
            return certificates;
        } catch (CertificateException e) {
            throw refuse();
        }
    }

    private static IllegalArgumentException refuse() {
        return new IllegalArgumentException(
                "it must be a certificate in PEM, from -----BEGIN CERTIFICATE----- on");
    }
}
