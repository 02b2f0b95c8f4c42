package io.ringfence.identity.credentials;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.identity.IdentityConfiguration;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import io.ringfence.trust.certificate.AppCredentialSubject;
import io.ringfence.trust.certificate.CertificateAuthority;
import io.ringfence.trust.certificate.Issuance;
import io.ringfence.trust.certificate.KeyAndCertificate;
import io.ringfence.trust.certificate.Pem;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;

/// Certificates of app credentials, and the form they are handed out in (`reference/api.md` §5).
@Singleton
final class CredentialCertificates {
    private static final Duration LIFE = Duration.ofDays(10 * 365);

    private final CertificateAuthority authority;
    private final String apiUrl;

    CredentialCertificates(CertificateAuthority authority, IdentityConfiguration configuration) {
        this.authority = authority;
        this.apiUrl = configuration.apiUrl();
    }

    /// @param keyPem empty when only the client has the key
    record Issued(X509Certificate certificate, String keyPem) {
        String certificatePem() {
            return Pem.of(certificate);
        }

        /// Never shows the key.
        @Override
        public String toString() {
            return "certificate of " + certificate.getSubjectX500Principal();
        }
    }

    Issued issue(AppCredentialSubject subject) {
        KeyAndCertificate issued = authority.issueCredential(subject, LIFE);
        return new Issued(issued.certificate(), issued.keyPem());
    }

    /// For the key in the request.
    ///
    /// @throws ApiException 422 naming `CSR`
    Issued issue(AppCredentialSubject subject, String csr) {
        return switch (authority.issueFromRequest(csr, subject, LIFE)) {
            case Issuance.Issued(X509Certificate certificate) -> new Issued(certificate, "");
            case Issuance.Refused(String reason) ->
                    throw Fault.invalid(
                                    CredentialResource.CSR, "Attribute 'CSR' is refused: " + reason)
                            .asException();
        };
    }

    /// `credentials`: everything a client needs to come in, in base64 of PEM.
    ObjectNode shown(AppCredentialSubject subject, Issued issued) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("APIURL", apiUrl)
                .put("ID", subject.id())
                .put("name", subject.name())
                .put("namespace", subject.namespace())
                .put("certificate", base64(issued.certificatePem()))
                .put("certificateKey", base64(issued.keyPem()))
                .put("certificateAuthority", base64(Pem.of(authority.certificate())));
    }

    private static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    }
}
