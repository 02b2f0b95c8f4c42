package io.ringfence.trust.assertion;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What texts said that were found good, until they expire: what held once on a peer's connections
/// holds there again. The least recently used one goes first. Safe for many threads.
final class Verified<V> {
    private final Map<String, Known<V>> entries;

    Verified(int capacity) {
        entries =
                new LinkedHashMap<>(16, 0.75f, true) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<String, Known<V>> eldest) {
                        return size() > capacity;
                    }
                };
    }

    /// @param text each character of it counts
    /// @param peer on whose connection it came; another one's is not found
    Optional<V> find(String text, X509Certificate peer, Instant now) {
        synchronized (entries) {
            Known<V> entry = entries.get(text);
            return entry != null && now.isBefore(entry.expires()) && entry.peer().equals(peer)
                    ? Optional.of(entry.said())
                    : Optional.empty();
        }
    }

    /// Only after it has been verified with this peer's key.
    void keep(String text, X509Certificate peer, V said, Instant expires) {
        synchronized (entries) {
            entries.put(text, new Known<>(peer, said, expires));
        }
    }

    private record Known<V>(X509Certificate peer, V said, Instant expires) {}
}
