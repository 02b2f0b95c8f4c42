package io.ringfence.trust.certificate;

import java.security.cert.X509Certificate;

/// Whether a certificate is one of ours.
public sealed interface CertificateCheck {
    record Trusted(X509Certificate certificate) implements CertificateCheck {}

    record Untrusted(String reason) implements CertificateCheck {}
}
