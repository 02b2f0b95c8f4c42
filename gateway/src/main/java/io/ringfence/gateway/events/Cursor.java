package io.ringfence.gateway.events;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// One client's place, moving on. Lives on the connection's event loop.
final class Cursor {
    private final TreeMap<Integer, Long> next;
    private final Set<Integer> partitions;

    Cursor(Position start) {
        this.next = new TreeMap<>(start.next());
        this.partitions = Set.copyOf(next.keySet());
    }

    Set<Integer> partitions() {
        return partitions;
    }

    /// From any thread.
    boolean covers(int partition) {
        return partitions.contains(partition);
    }

    long next(int partition) {
        Long offset = next.get(partition);
        if (offset == null) {
            throw new IllegalArgumentException("partition " + partition + " is not of this cursor");
        }
        return offset;
    }

    /// Whether the event is still to come.
    boolean awaits(ObjectEvent event) {
        return event.offset() >= next(event.partition());
    }

    void pass(ObjectEvent event) {
        advance(event.partition(), event.offset() + 1);
    }

    void advance(int partition, long offset) {
        next.merge(partition, offset, Math::max);
    }

    Position position() {
        return Position.of(Map.copyOf(next));
    }
}
