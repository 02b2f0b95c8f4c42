package io.ringfence.flowingest.consume;

import io.ringfence.flowingest.consume.FlowConsumer.Patience;
import io.ringfence.flowingest.gap.Arrival;
import io.ringfence.flowingest.gap.SequenceTracker;
import io.ringfence.flowingest.verify.BatchVerifier;
import io.ringfence.flowingest.verify.Verification.Refused;
import io.ringfence.flowingest.verify.Verification.Verified;
import io.ringfence.flowingest.write.FlowSamples;
import io.ringfence.flowingest.write.RemoteWriteBody;
import io.ringfence.flowingest.write.VictoriaMetrics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/// What one poll brought: verified, and then written or put among the dead letters. When [#ingest]
/// returns, all of it is where it belongs.
final class BatchIngest {
    /// Bounds memory: a row takes about a kilobyte until it is sent.
    private static final int MOST_ROWS = 10_000;

    private final BatchVerifier verifier;
    private final VictoriaMetrics store;
    private final DeadLetters deadLetters;
    private final IngestMeters meters;
    private final Patience patience;
    private final Map<TopicPartition, SequenceTracker> sequences = new HashMap<>();

    BatchIngest(
            BatchVerifier verifier,
            VictoriaMetrics store,
            DeadLetters deadLetters,
            IngestMeters meters,
            Patience patience) {
        this.verifier = verifier;
        this.store = store;
        this.deadLetters = deadLetters;
        this.meters = meters;
        this.patience = patience;
    }

    /// @return per partition, the offset behind the last record
    Map<TopicPartition, OffsetAndMetadata> ingest(ConsumerRecords<byte[], byte[]> records)
            throws InterruptedException {
        List<ProducerRecord<byte[], byte[]>> refused = new ArrayList<>();
        RemoteWriteBody body = new RemoteWriteBody();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            switch (verifier.verify(record.value())) {
                case Verified verified -> {
                    body.add(FlowSamples.of(verified));
                    follow(record, verified);
                }
                case Refused(var reason, String sentence) -> {
                    refused.add(DeadLetters.of(record, sentence));
                    meters.refused(reason);
                }
            }
            if (body.rows() >= MOST_ROWS) {
                write(body);
                body = new RemoteWriteBody();
            }
        }
        write(body);
        if (!refused.isEmpty()) {
            patience.untilDone(() -> deadLetters.publish(refused));
        }
        meters.consumed(records.count());
        return records.nextOffsets();
    }

    /// Partitions that another instance reads from now on.
    void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(sequences::remove);
    }

    private void write(RemoteWriteBody body) throws InterruptedException {
        if (body.rows() == 0) {
            return;
        }
        byte[] compressed = body.compressed();
        patience.untilDone(() -> timed(compressed));
        meters.written(body.rows());
        meters.windowWritten(body.newestMs());
    }

    private void timed(byte[] compressed) throws IOException, InterruptedException {
        long start = System.nanoTime();
        store.write(compressed);
        meters.wrote(System.nanoTime() - start);
    }

    private void follow(ConsumerRecord<?, ?> record, Verified verified) {
        Arrival arrival =
                sequences
                        .computeIfAbsent(
                                new TopicPartition(record.topic(), record.partition()),
                                partition -> new SequenceTracker())
                        .arrived(verified.batch());
        switch (arrival) {
            case Arrival.Fresh(long missing) -> meters.lost(verified.batch(), missing);
            case Arrival.Known() -> meters.seenAgain();
        }
    }
}
