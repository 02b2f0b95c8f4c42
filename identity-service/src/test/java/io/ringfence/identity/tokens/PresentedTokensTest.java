package io.ringfence.identity.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.contracts.identity.Claim;
import io.ringfence.trust.certificate.KeyPairs;
import io.ringfence.trust.token.JwksDocument;
import io.ringfence.trust.token.Restrictions;
import io.ringfence.trust.token.TokenCheck;
import io.ringfence.trust.token.TokenClaims;
import io.ringfence.trust.token.TokenSigner;
import io.ringfence.trust.token.TokenVerifier;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PresentedTokensTest {
    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
    private static final KeyPair KEYS = KeyPairs.generate();
    private static final ECPublicKey PUBLIC_KEY = (ECPublicKey) KEYS.getPublic();
    private static final String KEY_ID = JwksDocument.keyId(PUBLIC_KEY);

    private final Map<String, ECPublicKey> published = new HashMap<>(Map.of(KEY_ID, PUBLIC_KEY));
    private Instant now = START;
    private int verifications;
    private final Clock clock =
            new Clock() {
                @Override
                public ZoneOffset getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(java.time.ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now;
                }
            };
    private final PresentedTokens presented =
            new PresentedTokens(
                    new TokenVerifier(
                            keyId -> {
                                verifications++;
                                return Optional.ofNullable(published.get(keyId));
                            },
                            Claim.API_AUDIENCE,
                            clock),
                    keyId -> Optional.ofNullable(published.get(keyId)),
                    clock);
    private final TokenClaims claims =
            new TokenClaims(
                    "t1",
                    "admin",
                    "certificate",
                    Map.of("commonname", "app"),
                    Restrictions.NONE,
                    0,
                    Set.of(Claim.API_AUDIENCE),
                    START,
                    START.plusSeconds(60));
    private final String token = new TokenSigner(KEYS.getPrivate(), KEY_ID, clock).sign(claims);

    @Test
    void verifiesATokenOnce() {
        assertThat(presented.verify(token)).isEqualTo(new TokenCheck.Valid(claims));
        assertThat(presented.verify(token)).isEqualTo(new TokenCheck.Valid(claims));
        assertThat(verifications).isEqualTo(1);
    }

    @Test
    void doesNotBelieveAnotherTextOfTheSameClaims() {
        presented.verify(token);
        int signature = token.lastIndexOf('.') + 1;
        String altered =
                token.substring(0, signature)
                        + (token.charAt(signature) == 'A' ? 'B' : 'A')
                        + token.substring(signature + 1);

        assertThat(presented.verify(altered)).isInstanceOf(TokenCheck.Invalid.class);
        assertThat(presented.verify(altered)).isInstanceOf(TokenCheck.Invalid.class);
    }

    @Test
    void aTokenEndsWithItsKey() {
        presented.verify(token);
        published.remove(KEY_ID);

        assertThat(presented.verify(token)).isInstanceOf(TokenCheck.Invalid.class);
    }

    @Test
    void aTokenEndsWhenItsKeyIdNamesAnotherKey() {
        presented.verify(token);
        published.put(KEY_ID, (ECPublicKey) KeyPairs.generate().getPublic());

        assertThat(presented.verify(token)).isInstanceOf(TokenCheck.Invalid.class);
    }

    /// Clocks may differ by a minute.
    @Test
    void aTokenEndsWhenItExpires() {
        presented.verify(token);
        now = START.plus(Duration.ofMinutes(3));

        assertThat(presented.verify(token)).isInstanceOf(TokenCheck.Invalid.class);
    }
}
