package io.ringfence.trust.certificate;

import io.ringfence.trust.certificate.CertificateCheck.Trusted;
import io.ringfence.trust.certificate.CertificateCheck.Untrusted;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Says whether a certificate was issued by our authority and was valid at the time in question.
///
/// The signature of a certificate is checked once and then remembered by fingerprint; the time is
/// checked every time. Refused ones are not remembered. Safe for many threads.
public final class TrustedCertificates {
    private static final int REMEMBERED = 50_000;

    private final X509Certificate authority;
    private final Clock clock;
    private final Map<String, X509Certificate> issued =
            Collections.synchronizedMap(new LeastRecentlyUsed());

    public TrustedCertificates(X509Certificate authority) {
        this(authority, Clock.systemUTC());
    }

    public TrustedCertificates(X509Certificate authority, Clock clock) {
        this.authority = authority;
        this.clock = clock;
    }

    /// Is it valid now?
    public CertificateCheck verify(byte[] der) {
        return verify(der, clock.instant());
    }

    /// Was it valid then? For what was signed in the past, with a certificate that may have been
    /// replaced since.
    public CertificateCheck verify(byte[] der, Instant at) {
        String fingerprint = Fingerprint.of(der);
        X509Certificate known = issued.get(fingerprint);
        if (known != null) {
            return within(known, at);
        }
        X509Certificate certificate;
        try {
            certificate = Pem.certificate(der);
        } catch (IllegalArgumentException unreadable) {
            return new Untrusted("not an X.509 certificate");
        }
        if (!isIssuedByAuthority(certificate)) {
            return new Untrusted("not issued by the console's authority");
        }
        issued.put(fingerprint, certificate);
        return within(certificate, at);
    }

    private boolean isIssuedByAuthority(X509Certificate certificate) {
        boolean isAuthorityItself = certificate.getBasicConstraints() >= 0;
        if (isAuthorityItself
                || !certificate
                        .getIssuerX500Principal()
                        .equals(authority.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static CertificateCheck within(X509Certificate certificate, Instant at) {
        if (at.isBefore(certificate.getNotBefore().toInstant())) {
            return new Untrusted("not valid before " + certificate.getNotBefore().toInstant());
        }
        if (at.isAfter(certificate.getNotAfter().toInstant())) {
            return new Untrusted("expired at " + certificate.getNotAfter().toInstant());
        }
        return new Trusted(certificate);
    }

    private static final class LeastRecentlyUsed extends LinkedHashMap<String, X509Certificate> {
        private static final long serialVersionUID = 1L;

        LeastRecentlyUsed() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, X509Certificate> eldest) {
            return size() > REMEMBERED;
        }
    }
}
