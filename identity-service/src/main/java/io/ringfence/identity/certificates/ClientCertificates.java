package io.ringfence.identity.certificates;

import io.ringfence.contracts.identity.Header;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import io.ringfence.trust.certificate.CertificateCheck;
import io.ringfence.trust.certificate.Fingerprint;
import io.ringfence.trust.certificate.Pem;
import io.ringfence.trust.certificate.TrustedCertificates;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Reads the certificate the gateway forwards.
@Singleton
public final class ClientCertificates {
    private static final int MAX_CHARACTERS = 16_384;

    private final TrustedCertificates trusted;

    ClientCertificates(@ConfigProperty(name = "ringfence.trust.authority") Path authority) {
        this.trusted = new TrustedCertificates(Pem.readCertificate(authority));
    }

    /// The certificate of the client's connection; empty if it showed none.
    ///
    /// @throws ApiException 401 if it is not to be believed
    public Optional<X509Certificate> presented(HttpHeaders headers, Caller caller) {
        String encoded = headers.getHeaderString(Header.CLIENT_CERTIFICATE);
        if (encoded == null || encoded.isEmpty()) {
            return Optional.empty();
        }
        byte[] der = der(encoded);
        if (!Fingerprint.of(der).equals(caller.clientCertificateFingerprint())) {
            throw refused("the gateway does not vouch for it");
        }
        return switch (trusted.verify(der)) {
            case CertificateCheck.Trusted(X509Certificate certificate) -> Optional.of(certificate);
            case CertificateCheck.Untrusted(String reason) -> throw refused(reason);
        };
    }

    private static byte[] der(String encoded) {
        if (encoded.length() > MAX_CHARACTERS) {
            throw refused("it is too long");
        }
        try {
            return Pem.certificate(URLDecoder.decode(encoded, StandardCharsets.UTF_8)).getEncoded();
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw refused("it cannot be read");
        }
    }

    private static ApiException refused(String reason) {
        return Fault.unauthorized("The client certificate is refused: " + reason).asException();
    }
}
