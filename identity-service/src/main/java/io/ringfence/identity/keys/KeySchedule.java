package io.ringfence.identity.keys;

import io.ringfence.trust.token.JwksDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

/// Which key signs when, and how long each is published: as a function of the keys there are, so
/// that withdrawing one puts everything else right by itself.
///
/// @param keys the oldest first
/// @param longestToken no token lives longer, so a key that stopped signing is published that long
record KeySchedule(List<TokenKey> keys, Duration longestToken) {
    /// Clocks may differ by a minute, and instances notice a new key within seconds.
    private static final Duration MARGIN = Duration.ofMinutes(5);

    enum State {
        /// Known to those who verify, and waiting for its time.
        PUBLISHED("Published"),
        SIGNING("Signing"),
        /// Tokens of it are still believed.
        RETIRED("Retired"),
        /// No token of it can be alive.
        EXPIRED("Expired");

        private final String apiName;

        State(String apiName) {
            this.apiName = apiName;
        }

        String apiName() {
            return apiName;
        }
    }

    KeySchedule {
        keys =
                keys.stream()
                        .sorted(
                                Comparator.comparing(TokenKey::signsFrom)
                                        .thenComparing(TokenKey::id))
                        .toList();
    }

    /// The key that signs at this time; empty if there is none that could.
    Optional<TokenKey> signing(Instant now) {
        return keys.stream()
                .filter(key -> !key.signsFrom().isAfter(now))
                .reduce(last())
                .filter(key -> key.privateKey().isPresent());
    }

    State state(TokenKey key, Instant now) {
        if (key.signsFrom().isAfter(now)) {
            return State.PUBLISHED;
        }
        Optional<Instant> until = publishedUntil(key);
        if (signsUntil(key).filter(end -> !end.isAfter(now)).isEmpty()) {
            return State.SIGNING;
        }
        return until.filter(end -> !end.isAfter(now)).isPresent() ? State.EXPIRED : State.RETIRED;
    }

    /// When the next key takes over; empty while there is none.
    Optional<Instant> signsUntil(TokenKey key) {
        int next = keys.indexOf(key) + 1;
        return next < keys.size() ? Optional.of(keys.get(next).signsFrom()) : Optional.empty();
    }

    /// When no token of the key can be alive any more; empty while it signs.
    Optional<Instant> publishedUntil(TokenKey key) {
        return signsUntil(key).map(end -> end.plus(longestToken).plus(MARGIN));
    }

    /// What verifiers are given. A key is in it from the moment it is made.
    JwksDocument published(Instant now) {
        Map<String, java.security.interfaces.ECPublicKey> published = new LinkedHashMap<>();
        keys.stream()
                .filter(key -> state(key, now) != State.EXPIRED)
                .forEach(key -> published.put(key.keyId(), key.publicKey()));
        return new JwksDocument(published);
    }

    /// Whether it is time for another key: the newest one has signed for that long.
    boolean isDue(Duration age, Instant now) {
        return keys.stream()
                .reduce(last())
                .filter(newest -> newest.signsFrom().plus(age).isAfter(now))
                .isEmpty();
    }

    KeySchedule without(String id) {
        return new KeySchedule(
                keys.stream().filter(key -> !key.id().equals(id)).toList(), longestToken);
    }

    private static BinaryOperator<TokenKey> last() {
        return (one, other) -> other;
    }
}
