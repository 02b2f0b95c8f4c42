package io.ringfence.gateway.events;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The newest changes, as many as fit. Of each partition it holds one stretch without gaps. Safe
/// for many threads.
final class RecentEvents {
    private static final int AT_ONCE = 64;

    private final long maxBytes;
    private final Map<Integer, Stretch> stretches = new HashMap<>();
    private final Deque<ObjectEvent> byAge = new ArrayDeque<>();
    private long bytes;

    RecentEvents(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /// What there is from some offset on.
    sealed interface Look {
        record Found(List<ObjectEvent> events) implements Look {}

        /// Everything so far is known to the asker.
        record NothingNew() implements Look {}

        /// It begins before what is remembered.
        record Forgotten() implements Look {}
    }

    /// Listening to a partition begins. What is remembered of it stays only if nothing is missing
    /// between.
    synchronized void begin(int partition, long offset) {
        Stretch stretch = stretches.get(partition);
        if (stretch == null || stretch.end != offset) {
            stretches.put(partition, new Stretch(offset));
            byAge.removeIf(event -> event.partition() == partition);
            bytes = byAge.stream().mapToLong(ObjectEvent::bytes).sum();
        }
    }

    synchronized void add(ObjectEvent event) {
        Stretch stretch = stretch(event.partition());
        stretch.events.put(event.offset(), event);
        stretch.end = event.offset() + 1;
        byAge.add(event);
        bytes += event.bytes();
        while (bytes > maxBytes) {
            forget(byAge.remove());
        }
    }

    /// There is nothing to tell at this offset.
    synchronized void skip(int partition, long offset) {
        stretch(partition).end = offset + 1;
    }

    /// @return a few events at most
    synchronized Look look(int partition, long offset) {
        Stretch stretch = stretch(partition);
        if (offset < stretch.begin) {
            return new Look.Forgotten();
        }
        List<ObjectEvent> events = new ArrayList<>();
        for (ObjectEvent event : stretch.events.tailMap(offset, true).values()) {
            events.add(event);
            if (events.size() == AT_ONCE) {
                break;
            }
        }
        return events.isEmpty() ? new Look.NothingNew() : new Look.Found(events);
    }

    /// How many partitions are listened to.
    synchronized int partitions() {
        return stretches.size();
    }

    /// The offset that comes next.
    synchronized long end(int partition) {
        return stretch(partition).end;
    }

    private void forget(ObjectEvent event) {
        Stretch stretch = stretch(event.partition());
        stretch.events.remove(event.offset());
        stretch.begin = event.offset() + 1;
        bytes -= event.bytes();
    }

    private Stretch stretch(int partition) {
        Stretch stretch = stretches.get(partition);
        if (stretch == null) {
            throw new IllegalStateException("partition " + partition + " is not listened to");
        }
        return stretch;
    }

    /// Everything in `[begin, end)` that there is to tell.
    private static final class Stretch {
        final NavigableMap<Long, ObjectEvent> events = new TreeMap<>();
        long begin;
        long end;

        Stretch(long offset) {
            begin = offset;
            end = offset;
        }
    }
}
