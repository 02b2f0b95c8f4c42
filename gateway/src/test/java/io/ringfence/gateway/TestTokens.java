package io.ringfence.gateway;

import io.ringfence.contracts.identity.Claim;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.trust.certificate.KeyPairs;
import io.ringfence.trust.certificate.Pem;
import io.ringfence.trust.token.Restrictions;
import io.ringfence.trust.token.TokenClaims;
import io.ringfence.trust.token.TokenSigner;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Tokens as identity-service would issue them, and some it would not.
final class TestTokens {
    private final PrivateKey key =
            Pem.readPrivateKey(TestInstallation.get().installation().folder().tokenKey());

    String of(String account) {
        return of(account, Restrictions.NONE, 0);
    }

    String of(String account, Restrictions restrictions, int quota) {
        return sign(key, Instant.now(), account, Claim.API_AUDIENCE, restrictions, quota);
    }

    /// A token of the account that was made from the one with the last of these ids, and that from
    /// the one before.
    String madeFrom(String account, String... ancestors) {
        return sign(
                key,
                Instant.now(),
                Holder.account(account),
                Claim.API_AUDIENCE,
                Restrictions.NONE,
                0,
                List.of(ancestors));
    }

    /// The id in a token that was signed here.
    static String idOf(String token) {
        byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
        return BodyFormat.JSON.readObject(claims).path("jti").asText();
    }

    String ofCredential(String commonName) {
        return sign(
                key,
                Instant.now(),
                new Holder(commonName, "certificate", Map.of("commonname", commonName)),
                Claim.API_AUDIENCE,
                Restrictions.NONE,
                0,
                List.of());
    }

    static String signedBy(PrivateKey another, String account) {
        return sign(another, Instant.now(), account, Claim.API_AUDIENCE, Restrictions.NONE, 0);
    }

    String expired(String account) {
        Instant then = Instant.now().minus(Duration.ofHours(2));
        return sign(key, then, account, Claim.API_AUDIENCE, Restrictions.NONE, 0);
    }

    String forKafka(String account) {
        return sign(key, Instant.now(), account, Claim.KAFKA_AUDIENCE, Restrictions.NONE, 0);
    }

    String validFor(String account, Duration validity) {
        return sign(
                key,
                Instant.now().minus(Duration.ofHours(1)).plus(validity),
                account,
                Claim.API_AUDIENCE,
                Restrictions.NONE,
                0);
    }

    String forged(String account) {
        PrivateKey other = KeyPairs.generate().getPrivate();
        return sign(other, Instant.now(), account, Claim.API_AUDIENCE, Restrictions.NONE, 0);
    }

    private record Holder(String subject, String realm, Map<String, String> data) {
        static Holder account(String name) {
            return new Holder(name, "vince", Map.of("account", name));
        }
    }

    private static String sign(
            PrivateKey key,
            Instant at,
            String account,
            String audience,
            Restrictions restrictions,
            int quota) {
        return sign(key, at, Holder.account(account), audience, restrictions, quota, List.of());
    }

    private static String sign(
            PrivateKey key,
            Instant at,
            Holder holder,
            String audience,
            Restrictions restrictions,
            int quota,
            List<String> ancestors) {
        return TokenSigner.of(key, Clock.fixed(at, ZoneOffset.UTC))
                .sign(
                        new TokenClaims(
                                UUID.randomUUID().toString(),
                                holder.subject(),
                                holder.realm(),
                                holder.data(),
                                restrictions,
                                quota,
                                Set.of(audience),
                                at,
                                at.plus(Duration.ofHours(1)),
                                Map.of(),
                                ancestors));
    }
}
