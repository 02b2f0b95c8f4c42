package io.ringfence.trust.certificate;

import java.security.cert.X509Certificate;

/// What became of a certificate request.
public sealed interface Issuance {
    record Issued(X509Certificate certificate) implements Issuance {}

    /// The reason is a sentence for the sender.
    record Refused(String reason) implements Issuance {}
}
