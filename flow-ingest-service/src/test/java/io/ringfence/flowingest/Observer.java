package io.ringfence.flowingest;

import io.ringfence.contracts.flow.FlowAction;
import io.ringfence.contracts.flow.FlowBatch;
import io.ringfence.contracts.flow.FlowLoss;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.testkit.domain.TestEnforcer;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.kafka.TestKafka;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// An enforcer that knows what it has seen: the ground truth. Its windows follow one another from
/// an hour ago.
final class Observer implements AutoCloseable {
    private final TestInstallation installation = TestInstallation.get();
    private final TestEnforcer enforcer =
            TestEnforcer.enroll(
                    installation.installation(),
                    "%024x".formatted(ThreadLocalRandom.current().nextLong() >>> 1),
                    SignedBatches.NAMESPACE);
    private final KafkaProducer<String, byte[]> kafka;
    private final Instant start;
    private long sequence;
    private long accepted;
    private long rejected;

    Observer() {
        kafka =
                new KafkaProducer<>(
                        TestKafka.of(installation).settingsOfSuperuser(),
                        new StringSerializer(),
                        new ByteArraySerializer());
        // The certificate begins five minutes before now.
        start = Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(3, ChronoUnit.MINUTES);
    }

    /// So many more windows, each sent so many times.
    void observe(int windows, int times) {
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < windows; i++) {
            records.add(enforcer.sign(next()).toByteArray());
        }
        for (int time = 0; time < times; time++) {
            records.forEach(this::send);
        }
        kafka.flush();
    }

    private FlowBatch next() {
        sequence++;
        long allowed = sequence % 5 + 1;
        long refused = sequence % 3 + 1;
        accepted += allowed;
        rejected += refused;
        return SignedBatches.window(start.plusMillis(sequence * 100))
                .setConsoleId(installation.installation().consoleId())
                .setEnforcerId(enforcer.id())
                .setSequence(sequence)
                .setWindowStartMs(start.plusMillis(sequence * 100 - 100).toEpochMilli())
                .addFlows(SignedBatches.flow(FlowAction.ACCEPT, allowed))
                .addFlows(SignedBatches.flow(FlowAction.REJECT, refused))
                .addFlows(SignedBatches.flow(FlowAction.ACCEPT, allowed).setCounted(false))
                .addLosses(FlowLoss.newBuilder().setReason("capture").setCount(1))
                .build();
    }

    void send(byte[] record) {
        kafka.send(new ProducerRecord<>(Topic.FLOW_OBSERVED.topicName(), enforcer.id(), record));
    }

    void skip(int sequences) {
        sequence += sequences;
    }

    String id() {
        return enforcer.id();
    }

    long accepted() {
        return accepted;
    }

    long rejected() {
        return rejected;
    }

    String flows(String accept) {
        return "flows{enforcer_id=\"%s\",accept=\"%s\"}".formatted(id(), accept);
    }

    String lost() {
        return "flows_lost{enforcer_id=\"%s\"}".formatted(id());
    }

    @Override
    public void close() {
        kafka.close();
    }
}
