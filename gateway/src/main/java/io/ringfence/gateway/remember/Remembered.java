package io.ringfence.gateway.remember;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// At most `capacity` answers, each until its own end; the least recently used one goes first. Safe
/// for many threads.
public final class Remembered<K, V> {
    private final Clock clock;
    private final Map<K, Entry<V>> entries;

    public Remembered(int capacity, Clock clock) {
        this.clock = clock;
        this.entries = new LeastRecentlyUsed<>(capacity);
    }

    public Optional<V> get(K key) {
        synchronized (entries) {
            Entry<V> entry = entries.get(key);
            if (entry == null) {
                return Optional.empty();
            }
            if (!clock.instant().isBefore(entry.until())) {
                entries.remove(key);
                return Optional.empty();
            }
            return Optional.of(entry.value());
        }
    }

    public void put(K key, V value, Instant until) {
        synchronized (entries) {
            entries.put(key, new Entry<>(value, until));
        }
    }

    public void remove(K key) {
        synchronized (entries) {
            entries.remove(key);
        }
    }

    public int size() {
        synchronized (entries) {
            return entries.size();
        }
    }

    private record Entry<V>(V value, Instant until) {}

    private static final class LeastRecentlyUsed<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;

        private final int capacity;

        LeastRecentlyUsed(int capacity) {
            super(16, 0.75f, true);
            this.capacity = capacity;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > capacity;
        }
    }
}
