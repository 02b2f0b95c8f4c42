package io.ringfence.flowingest.consume;

import io.ringfence.contracts.topic.Topic;
import io.ringfence.flowingest.verify.BatchVerifier;
import io.ringfence.flowingest.write.DeduplicationFlag;
import io.ringfence.flowingest.write.VictoriaMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.jboss.logging.Logger;

/// Moves records from Kafka to VictoriaMetrics, one poll after the other, on one thread.
///
/// Nothing is skipped: what cannot be written is tried again for ever, with the partitions paused,
/// so memory stays bounded and the group keeps its member. Offsets follow the writes at a distance,
/// and only while VictoriaMetrics is the process it was when they were made; if it has been
/// restarted, the loop goes back to what is committed and writes again what may have been lost.
public final class FlowConsumer implements Runnable {
    private static final Logger LOG = Logger.getLogger(FlowConsumer.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(100);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> kafka;
    private final VictoriaMetrics store;
    private final BatchIngest ingest;
    private final CommitLedger ledger;
    private final IngestMeters meters;
    private final Settings settings;
    private volatile String trouble = "VictoriaMetrics was not reached yet";
    private String storeStartedAt = "";
    private boolean isHolding;
    private long nextCommitNanos;

    public FlowConsumer(
            Consumer<byte[], byte[]> kafka,
            DeadLetters deadLetters,
            BatchVerifier verifier,
            VictoriaMetrics store,
            IngestMeters meters,
            Settings settings) {
        this.kafka = kafka;
        this.store = store;
        this.meters = meters;
        this.settings = settings;
        this.ledger = new CommitLedger(settings.commitBehind());
        this.ingest = new BatchIngest(verifier, store, deadLetters, meters, this::untilDone);
    }

    /// What keeps the loop from going on; empty when nothing does.
    public String trouble() {
        return trouble;
    }

    /// Until the thread is interrupted.
    ///
    /// @throws UnfitStoreException when the store's flags make counting inexact
    @Override
    public void run() {
        try {
            kafka.subscribe(List.of(Topic.FLOW_OBSERVED.topicName()), new Rebalance());
            untilDone(this::meetStore);
            while (!Thread.currentThread().isInterrupted()) {
                consume(kafka.poll(POLL));
                keepBooks();
            }
        } catch (InterruptException | InterruptedException stop) {
            LOG.debug("asked to stop");
        } finally {
            Thread.interrupted();
            kafka.close(CloseOptions.timeout(Duration.ofSeconds(2)));
        }
    }

    private void consume(ConsumerRecords<byte[], byte[]> records) throws InterruptedException {
        if (records.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> next = ingest.ingest(records);
        long now = System.nanoTime();
        next.forEach((partition, offset) -> written(partition, offset.offset(), now));
        meters.lag(waitingRecords());
    }

    /// A partition may have been taken away while its records were being written.
    private void written(TopicPartition partition, long next, long now) {
        if (kafka.assignment().contains(partition) && kafka.position(partition) == next) {
            ledger.written(partition, next, now);
        }
    }

    private void keepBooks() throws InterruptedException {
        long now = System.nanoTime();
        if (now - nextCommitNanos < 0) {
            return;
        }
        nextCommitNanos = now + settings.commitEvery().toNanos();
        if (isStoreTheSame()) {
            commit(ledger.due(now));
        }
    }

    private boolean isStoreTheSame() throws InterruptedException {
        try {
            if (store.startedAt().equals(storeStartedAt)) {
                trouble = "";
                return true;
            }
            LOG.warn("VictoriaMetrics was restarted; writing again what it may have lost");
            rewind();
        } catch (IOException e) {
            tell(e);
        }
        return false;
    }

    private void rewind() throws InterruptedException {
        untilDone(this::meetStore);
        ledger.forgetAll();
        kafka.committed(kafka.assignment())
                .forEach((partition, committed) -> {
                    if (committed == null) {
                        kafka.seekToBeginning(List.of(partition));
                    } else {
                        kafka.seek(partition, committed);
                    }
                });
        meters.rewound();
    }

    private void commit(Map<TopicPartition, OffsetAndMetadata> due) {
        if (due.isEmpty()) {
            return;
        }
        try {
            kafka.commitSync(due);
        } catch (CommitFailedException | RetriableException e) {
            LOG.warnf("offsets stay uncommitted for now: %s", e.getMessage());
        }
    }

    private void meetStore() throws IOException, InterruptedException {
        String flags = store.flags();
        DeduplicationFlag.fault(flags, store.url().toString())
                .ifPresent(fault -> {
                    throw new UnfitStoreException(fault);
                });
        storeStartedAt = store.startedAt();
    }

    /// Tries again for ever; between the tries Kafka is polled with everything paused.
    private void untilDone(Attempt attempt) throws InterruptedException {
        Duration backOff = FIRST_BACK_OFF;
        while (true) {
            try {
                attempt.make();
                goOn();
                return;
            } catch (IOException e) {
                tell(e);
                meters.retried();
            }
            holdStill(backOff);
            Duration twice = backOff.multipliedBy(2);
            backOff = twice.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : twice;
        }
    }

    private void holdStill(Duration time) {
        isHolding = true;
        kafka.pause(kafka.assignment());
        kafka.poll(time);
    }

    private void goOn() {
        trouble = "";
        if (isHolding) {
            isHolding = false;
            kafka.resume(kafka.assignment());
        }
    }

    /// Once per trouble, not once per try.
    private void tell(IOException e) {
        String sentence = String.valueOf(e.getMessage());
        if (!trouble.equals(sentence)) {
            LOG.warnf("waiting: %s", sentence);
        }
        trouble = sentence;
    }

    private long waitingRecords() {
        return kafka.assignment().stream()
                .mapToLong(partition -> kafka.currentLag(partition).orElse(0))
                .sum();
    }

    /// Something to be done before the next record, that may fail for now.
    interface Attempt {
        void make() throws IOException, InterruptedException;
    }

    /// Where [Attempt]s are repeated.
    interface Patience {
        void untilDone(Attempt attempt) throws InterruptedException;
    }

    private final class Rebalance implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (isHolding) {
                kafka.pause(partitions);
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            ledger.forget(partitions);
            ingest.forget(partitions);
        }
    }
}
