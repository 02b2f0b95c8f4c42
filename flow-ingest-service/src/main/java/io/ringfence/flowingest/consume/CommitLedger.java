package io.ringfence.flowingest.consume;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// What was written and may not be committed yet.
///
/// VictoriaMetrics loses up to its last 15 seconds when it is killed, so an offset becomes due only
/// a good while after its record was written. Within a second only the highest offset is kept: the
/// ledger holds at most one entry per second of that while and partition.
final class CommitLedger {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Map<TopicPartition, Deque<Written>> written = new HashMap<>();
    private final long behindNanos;

    CommitLedger(Duration behind) {
        this.behindNanos = behind.toNanos();
    }

    /// @param next the offset behind the last record that was written
    /// @param nowNanos of a clock that never jumps
    void written(TopicPartition partition, long next, long nowNanos) {
        Deque<Written> entries = written.computeIfAbsent(partition, ignored -> new ArrayDeque<>());
        Written last = entries.peekLast();
        if (last != null && nowNanos - last.sinceNanos < SECOND) {
            entries.removeLast();
            entries.addLast(new Written(next, last.sinceNanos));
        } else {
            entries.addLast(new Written(next, nowNanos));
        }
    }

    /// Takes out what has been written for long enough.
    Map<TopicPartition, OffsetAndMetadata> due(long nowNanos) {
        Map<TopicPartition, OffsetAndMetadata> due = new HashMap<>();
        written.forEach((partition, entries) -> {
            while (!entries.isEmpty() && isDue(entries.getFirst(), nowNanos)) {
                due.put(partition, new OffsetAndMetadata(entries.removeFirst().next));
            }
        });
        return due;
    }

    /// An entry also stands for what was written up to a second after its time.
    private boolean isDue(Written entry, long nowNanos) {
        return nowNanos - entry.sinceNanos >= behindNanos + SECOND;
    }

    void forget(Collection<TopicPartition> partitions) {
        written.keySet().removeAll(Set.copyOf(partitions));
    }

    void forgetAll() {
        written.clear();
    }

    private record Written(long next, long sinceNanos) {}
}
