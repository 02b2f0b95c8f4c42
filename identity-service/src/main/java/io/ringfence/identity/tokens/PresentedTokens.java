package io.ringfence.identity.tokens;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.ringfence.trust.token.JwksSource;
import io.ringfence.trust.token.TokenCheck;
import io.ringfence.trust.token.TokenClaims;
import io.ringfence.trust.token.TokenVerifier;
import java.security.PublicKey;
import java.time.Clock;
import java.util.Optional;

/// Verifies tokens that are shown to get others, and remembers which were good: a signature is
/// looked at once for as long as its key is published and the token lives. Whether a token was
/// logged out, or its holder is nobody any more, is not remembered; it is asked each time.
final class PresentedTokens {
    private static final long MOST_CHARACTERS = 4_000_000;

    private final TokenVerifier verifier;
    private final JwksSource keys;
    private final Clock clock;

    /// By the whole text: every character of it counts.
    private final Cache<String, Good> good =
            Caffeine.newBuilder()
                    .maximumWeight(MOST_CHARACTERS)
                    .weigher((String jwt, Good known) -> jwt.length())
                    .build();

    PresentedTokens(TokenVerifier verifier, JwksSource keys, Clock clock) {
        this.verifier = verifier;
        this.keys = keys;
        this.clock = clock;
    }

    private record Good(TokenClaims claims, String keyId, PublicKey key) {}

    TokenCheck verify(String jwt) {
        Optional<Good> known = Optional.ofNullable(good.getIfPresent(jwt)).filter(this::isStill);
        return known.isPresent() ? new TokenCheck.Valid(known.get().claims()) : first(jwt);
    }

    private boolean isStill(Good known) {
        return clock.instant().isBefore(known.claims().expiresAt())
                && keys.key(known.keyId()).filter(known.key()::equals).isPresent();
    }

    private TokenCheck first(String jwt) {
        TokenCheck check = verifier.verify(jwt);
        if (check instanceof TokenCheck.Valid(TokenClaims claims)) {
            TokenVerifier.keyId(jwt)
                    .ifPresent(keyId ->
                            keys.key(keyId)
                                    .ifPresent(key -> good.put(jwt, new Good(claims, keyId, key))));
        }
        return check;
    }
}
