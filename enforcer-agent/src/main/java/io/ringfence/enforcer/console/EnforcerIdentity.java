package io.ringfence.enforcer.console;

import io.ringfence.trust.certificate.EnforcerSubject;
import io.ringfence.trust.certificate.KeyAndCertificate;
import java.security.cert.X509Certificate;
import java.time.Instant;

/// Who this enforcer is, and the certificate that proves it. Its id and namespace stay when the
/// certificate is renewed.
///
/// @param consoleId the console's random installation id
/// @param authority the console's root, pinned by the configuration
public record EnforcerIdentity(
        EnforcerSubject subject,
        String consoleId,
        KeyAndCertificate credential,
        X509Certificate authority) {

    /// @throws IllegalArgumentException when the certificate is not an enforcer's
    public static EnforcerIdentity of(
            String consoleId, KeyAndCertificate credential, X509Certificate authority) {
        EnforcerSubject subject =
                EnforcerSubject.parse(credential.certificate())
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "not an enforcer's certificate: "
                                                + credential
                                                        .certificate()
                                                        .getSubjectX500Principal()));
        return new EnforcerIdentity(subject, consoleId, credential, authority);
    }

    public String id() {
        return subject.id();
    }

    public String namespace() {
        return subject.namespace();
    }

    public Instant notBefore() {
        return credential.certificate().getNotBefore().toInstant();
    }

    public Instant notAfter() {
        return credential.certificate().getNotAfter().toInstant();
    }
}
