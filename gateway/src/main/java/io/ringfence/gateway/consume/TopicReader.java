package io.ringfence.gateway.consume;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Reads all partitions of some topics, in order within a partition, for ever. After an error it
/// opens a new client and continues where it was.
public final class TopicReader implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TopicReader.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(2);
    private static final Duration PAUSE_AFTER_ERROR = Duration.ofMillis(500);

    /// Where the first read begins.
    public enum Start {
        /// For state: everything from the first record on.
        BEGINNING,
        /// For news: only what is written from now on.
        END
    }

    private final Supplier<Consumer<String, byte[]>> open;
    private final List<String> topics;
    private final Start start;
    private final RecordListener listener;
    private final DeadLetters deadLetters;
    private final Thread thread;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Queue<CompletableFuture<Void>> asked = new ConcurrentLinkedQueue<>();
    private final List<CatchUp> waiting = new ArrayList<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private volatile @Nullable Consumer<String, byte[]> current;
    private volatile boolean closed;

    TopicReader(
            Supplier<Consumer<String, byte[]>> open,
            List<String> topics,
            Start start,
            RecordListener listener,
            DeadLetters deadLetters) {
        this.open = open;
        this.topics = topics;
        this.start = start;
        this.listener = listener;
        this.deadLetters = deadLetters;
        this.thread =
                Thread.ofPlatform().daemon().name("read-" + topics.getFirst()).unstarted(this::run);
    }

    void start() {
        asked.add(ready);
        thread.start();
    }

    /// Whether everything has been heard that was there when the reader started.
    public boolean isReady() {
        return ready.isDone();
    }

    /// Completes once everything has been heard that is there now. Questions that come together
    /// share one look at the topics' ends.
    public CompletableFuture<Void> catchUp() {
        CompletableFuture<Void> caughtUp = new CompletableFuture<>();
        asked.add(caughtUp);
        wake();
        return caughtUp;
    }

    @Override
    public void close() {
        closed = true;
        wake();
        try {
            thread.join(CLOSED_WITHIN);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    private void wake() {
        Consumer<String, byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    private void run() {
        while (!closed) {
            try (Consumer<String, byte[]> consumer = open.get()) {
                seek(consumer);
                current = consumer;
                while (!closed) {
                    step(consumer);
                }
            } catch (WakeupException | InterruptException stopping) {
                LOG.debugf("Woken outside of a read of %s", topics);
            } catch (KafkaException e) {
                LOG.warnf("Reading %s was interrupted and goes on: %s", topics, e.getMessage());
                pause();
            } finally {
                current = null;
            }
        }
    }

    private void seek(Consumer<String, byte[]> consumer) {
        Set<TopicPartition> partitions = partitions(consumer);
        consumer.assign(partitions);
        Set<TopicPartition> unknown = new HashSet<>(partitions);
        unknown.removeAll(positions.keySet());
        positions.putAll(
                start == Start.BEGINNING
                        ? consumer.beginningOffsets(unknown)
                        : consumer.endOffsets(unknown));
        for (TopicPartition partition : partitions) {
            long next = positions.getOrDefault(partition, 0L);
            consumer.seek(partition, next);
            listener.starts(partition, next);
        }
    }

    private Set<TopicPartition> partitions(Consumer<String, byte[]> consumer) {
        Set<TopicPartition> partitions = new HashSet<>();
        for (String topic : topics) {
            var found = consumer.partitionsFor(topic);
            if (found == null || found.isEmpty()) {
                throw new KafkaException("topic " + topic + " is not there yet");
            }
            found.forEach(p -> partitions.add(new TopicPartition(topic, p.partition())));
        }
        return partitions;
    }

    private void step(Consumer<String, byte[]> consumer) {
        lookAtEnds(consumer);
        try {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                hear(record);
                positions.put(
                        new TopicPartition(record.topic(), record.partition()),
                        record.offset() + 1);
            }
        } catch (WakeupException asking) {
            LOG.tracef("Asked to catch up with %s", topics);
        } catch (OffsetOutOfRangeException gone) {
            positions.keySet().removeAll(gone.partitions());
            seek(consumer);
            listener.missed();
        }
        waiting.removeIf(catchUp -> catchUp.reached(consumer));
    }

    private void hear(ConsumerRecord<String, byte[]> record) {
        try {
            listener.heard(record);
        } catch (UnreadableRecord unreadable) {
            deadLetters.refuse(record, String.valueOf(unreadable.getMessage()));
        } catch (RuntimeException bug) {
            LOG.errorf(bug, "A record of %s was not taken in", record.topic());
            deadLetters.refuse(record, "not taken in: " + bug.getClass().getSimpleName());
        }
    }

    private void lookAtEnds(Consumer<String, byte[]> consumer) {
        List<CompletableFuture<Void>> askers = new ArrayList<>();
        for (CompletableFuture<Void> asker = asked.poll(); asker != null; asker = asked.poll()) {
            askers.add(asker);
        }
        if (askers.isEmpty()) {
            return;
        }
        try {
            CatchUp catchUp = new CatchUp(consumer.endOffsets(consumer.assignment()), askers);
            if (!catchUp.reached(consumer)) {
                waiting.add(catchUp);
            }
        } catch (KafkaException tryAgain) {
            asked.addAll(askers);
            if (!(tryAgain instanceof WakeupException)) {
                throw tryAgain;
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE_AFTER_ERROR);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private record CatchUp(Map<TopicPartition, Long> ends, List<CompletableFuture<Void>> askers) {
        boolean reached(Consumer<String, byte[]> consumer) {
            boolean all =
                    ends.entrySet().stream()
                            .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
            if (all) {
                askers.forEach(asker -> asker.complete(null));
            }
            return all;
        }
    }
}
