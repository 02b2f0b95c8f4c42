package io.ringfence.identity.tokens;

import io.ringfence.contracts.identity.Claim;
import io.ringfence.identity.credentials.CredentialLogin;
import io.ringfence.identity.grammar.Permission;
import io.ringfence.trust.certificate.AppCredentialSubject;
import io.ringfence.trust.certificate.CertificateSubject;
import io.ringfence.trust.certificate.EnforcerSubject;
import io.ringfence.trust.certificate.Fingerprint;
import io.ringfence.trust.token.Restrictions;
import io.ringfence.trust.token.TokenClaims;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who a token is made for, and what it may be at most.
///
/// @param data becomes the token's tags
/// @param notAfter no token outlives what it was made from
/// @param longest what an app credential limits its tokens to
/// @param mayWriteToKafka true for the holder of an enforcer certificate
/// @param ancestors the ids of the token that it is, and of those that one was made from
record Source(
        String subject,
        String realm,
        Map<String, String> data,
        Restrictions atMost,
        Instant notAfter,
        Optional<Duration> longest,
        boolean mayWriteToKafka,
        List<String> ancestors) {
    static final String CERTIFICATE_REALM = "certificate";
    static final String VINCE_REALM = "vince";

    /// An enforcer's tokens are bound to its namespace and its role.
    static Source of(EnforcerSubject enforcer, X509Certificate certificate) {
        Map<String, String> data = new HashMap<>(dataOf(enforcer, certificate));
        data.put("enforcerid", enforcer.id());
        return new Source(
                enforcer.commonName(),
                CERTIFICATE_REALM,
                data,
                new Restrictions(
                        enforcer.namespace(), List.of(Permission.ENFORCER_ROLE.text()), List.of()),
                certificate.getNotAfter().toInstant(),
                Optional.empty(),
                true,
                List.of());
    }

    /// What an app credential may do is said by its roles and by API authorizations, where it may
    /// do so by its tokens.
    static Source of(
            AppCredentialSubject credential, X509Certificate certificate, CredentialLogin login) {
        return new Source(
                credential.commonName(),
                CERTIFICATE_REALM,
                dataOf(credential, certificate),
                new Restrictions("", List.of(), login.subnets()),
                certificate.getNotAfter().toInstant(),
                login.longestToken(),
                false,
                List.of());
    }

    /// A local account has the rights that authorizations give to its name.
    static Source ofAccount(String name, Instant notAfter) {
        return new Source(
                name,
                VINCE_REALM,
                Map.of("account", name),
                Restrictions.NONE,
                notAfter,
                Optional.empty(),
                false,
                List.of());
    }

    /// The same caller again, so that its authorizations keep matching.
    static Source of(TokenClaims claims) {
        return new Source(
                claims.subject(),
                claims.realm(),
                claims.data(),
                claims.restrictions(),
                claims.expiresAt(),
                Optional.empty(),
                false,
                claims.lineage());
    }

    private static Map<String, String> dataOf(
            CertificateSubject subject, X509Certificate certificate) {
        return Map.of(
                "commonname", subject.commonName(),
                "organization", subject.organization(),
                "serialnumber", certificate.getSerialNumber().toString(),
                "fingerprint", Fingerprint.of(certificate));
    }

    /// True if a token with these restrictions can do nothing but register an enforcer.
    static boolean isBootstrap(Restrictions restrictions, int quota) {
        return quota == 1 && restrictions.perms().equals(List.of(Permission.ENFORCER_ROLE.text()));
    }

    String audience(String asked) {
        return asked.isEmpty() ? Claim.API_AUDIENCE : asked;
    }
}
