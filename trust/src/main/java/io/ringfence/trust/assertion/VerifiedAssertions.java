package io.ringfence.trust.assertion;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Assertions whose signature was found good, until they expire: the gateway sends the same one for
/// the same request for half a minute, and a signature that held once holds again. The least
/// recently used one goes first. Safe for many threads.
final class VerifiedAssertions {
    private static final int CAPACITY = 10_000;

    private final Map<String, Verified> entries =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Verified> eldest) {
                    return size() > CAPACITY;
                }
            };

    /// @param peer on whose connection the assertion came; another one's is not found
    Optional<Assertion> find(String jws, X509Certificate peer, Instant now) {
        synchronized (entries) {
            Verified entry = entries.get(jws);
            return entry != null && now.isBefore(entry.expires()) && entry.peer().equals(peer)
                    ? Optional.of(entry.assertion())
                    : Optional.empty();
        }
    }

    void keep(String jws, X509Certificate peer, Assertion assertion, Instant expires) {
        synchronized (entries) {
            entries.put(jws, new Verified(peer, assertion, expires));
        }
    }

    private record Verified(X509Certificate peer, Assertion assertion, Instant expires) {}
}
