package io.ringfence.gateway.authenticate;

import io.ringfence.gateway.authenticate.Authentication.Authenticated;
import io.ringfence.trust.assertion.AssertedCaller;
import io.ringfence.trust.certificate.AppCredentialSubject;
import io.ringfence.trust.certificate.CertificateSubject;
import io.ringfence.trust.certificate.EnforcerSubject;
import io.ringfence.trust.certificate.Fingerprint;
import io.ringfence.trust.certificate.Pem;
import io.ringfence.trust.certificate.ProcessSubject;
import io.ringfence.trust.token.Restrictions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A certificate that the client proved to hold, of one of the two kinds that clients have.
///
/// @param headerValue URL-encoded PEM, as it is forwarded to a service
public record ClientCertificate(
        CertificateSubject subject,
        String fingerprint,
        String headerValue,
        String serialNumber,
        Instant expires) {

    /// Empty for a certificate of one of the console's own processes: they are not callers.
    static Optional<ClientCertificate> of(X509Certificate certificate) {
        return CertificateSubject.of(certificate)
                .filter(subject -> !(subject instanceof ProcessSubject))
                .map(subject ->
                        new ClientCertificate(
                                subject,
                                Fingerprint.of(certificate),
                                URLEncoder.encode(Pem.of(certificate), StandardCharsets.US_ASCII),
                                certificate.getSerialNumber().toString(),
                                certificate.getNotAfter().toInstant()));
    }

    public Optional<EnforcerSubject> enforcer() {
        return subject instanceof EnforcerSubject enforcer
                ? Optional.of(enforcer)
                : Optional.empty();
    }

    /// An enforcer is who its certificate says; an app credential has to get a token with it first.
    public Optional<Authenticated> asEnforcer() {
        return enforcer().map(enforcer -> new Authenticated(caller(enforcer), expires));
    }

    private AssertedCaller caller(EnforcerSubject enforcer) {
        return new AssertedCaller(
                enforcer.commonName(),
                "certificate",
                List.of(
                        "@auth:realm=certificate",
                        "@auth:commonname=" + enforcer.commonName(),
                        "@auth:enforcerid=" + enforcer.id().toLowerCase(Locale.ROOT),
                        "@auth:organization=" + enforcer.namespace(),
                        "@auth:serialnumber=" + serialNumber),
                "",
                0,
                Restrictions.NONE);
    }

    /// For logs.
    public String name() {
        return switch (subject) {
            case EnforcerSubject enforcer -> enforcer.commonName();
            case AppCredentialSubject credential -> credential.commonName();
            case ProcessSubject process -> process.commonName();
        };
    }
}
