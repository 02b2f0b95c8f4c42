package io.ringfence.policy.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ringfence.contracts.policy.CompiledPolicy;
import io.ringfence.contracts.policy.EnforcerReceipt;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.engine.stored.WorldState;
import io.ringfence.engine.stored.WorldUpdate;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorldReaderTest {
    private final RememberingConsumer consumer = new RememberingConsumer();
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Sink sink = new Sink();
    private final WorldReader reader =
            new WorldReader(consumer, new DeadLetters(producer, meters), new WorldState(), sink);
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    @BeforeEach
    void everyTopicHasOnePartition() {
        for (Topic topic : WorldTopics.ALL) {
            Node node = new Node(0, "localhost", 1);
            Node[] nodes = {node};
            consumer.updatePartitions(
                    topic.topicName(),
                    List.of(new PartitionInfo(topic.topicName(), 0, node, nodes, nodes)));
            ends.put(partition(topic), 0L);
        }
        consumer.updateBeginningOffsets(ends);
        consumer.updateEndOffsets(ends);
    }

    @Test
    void tellsNothingBeforeTheEndOfTheStartIsReached() {
        ends.put(partition(Topic.RULESET_CHANGED), 2L);
        consumer.updateEndOffsets(ends);
        reader.start();
        record(Topic.RULESET_CHANGED, 0, "r1", States.ruleset("r1", 1, "/a", "{}"));
        assertThat(reader.poll(Duration.ZERO)).isFalse();
        assertThat(sink.updates).isEmpty();

        record(Topic.RULESET_CHANGED, 1, "r2", States.ruleset("r2", 1, "/a", "{}"));
        assertThat(reader.poll(Duration.ZERO)).isTrue();
        assertThat(sink.updates).hasSize(1);
        assertThat(sink.updates.getFirst().world().rulesets()).containsKeys("r1", "r2");
    }

    @Test
    void drainsWhatIsThereIntoOneUpdate() {
        reader.start();
        record(Topic.RULESET_CHANGED, 0, "r1", States.ruleset("r1", 1, "/a", "{}"));
        record(Topic.RULESET_CHANGED, 1, "r1", States.ruleset("r1", 2, "/a", "{'name':'x'}"));
        record(Topic.ENFORCER_CHANGED, 0, "e1", States.enforcer("e1", "/b"));
        assertThat(reader.poll(Duration.ZERO)).isTrue();
        assertThat(sink.updates).hasSize(1);
        assertThat(sink.updates.getFirst().changes()).hasSize(1);
        assertThat(sink.updates.getFirst().turned()).containsExactly("e1");
        assertThat(reader.poll(Duration.ZERO)).isTrue();
        assertThat(sink.updates).hasSize(1);
    }

    @Test
    void sendsGarbageToTheDeadLettersAndGoesOn() {
        reader.start();
        byte[] garbage = "garbage".getBytes(StandardCharsets.UTF_8);
        record(Topic.RULESET_CHANGED, 0, "r1", garbage);
        record(Topic.RULESET_CHANGED, 1, "r2", States.ruleset("r2", 1, "/a", "{}"));
        reader.poll(Duration.ZERO);

        assertThat(sink.updates.getFirst().world().rulesets()).containsOnlyKeys("r2");
        assertThat(producer.history()).hasSize(1);
        ProducerRecord<byte[], byte[]> letter = producer.history().getFirst();
        assertThat(letter.topic()).isEqualTo("ruleset.changed.v1.dlq");
        assertThat(letter.value()).isEqualTo(garbage);
        assertThat(header(letter, Topic.REASON_HEADER)).contains("not an ObjectState");
        assertThat(header(letter, Topic.ORIGIN_HEADER)).isEqualTo("ruleset.changed.v1/0/0");
        assertThat(deadLetters()).isEqualTo(1);
    }

    @Test
    void refusesARecordUnderAnotherObjectsKey() {
        reader.start();
        record(Topic.RULESET_CHANGED, 0, "r9", States.ruleset("r1", 1, "/a", "{}"));
        record(Topic.RULESET_CHANGED, 1, null, States.ruleset("r1", 1, "/a", "{}"));
        reader.poll(Duration.ZERO);
        assertThat(producer.history())
                .extracting(letter -> header(letter, Topic.REASON_HEADER))
                .containsExactly(
                        "The object's id 'r1' is not the record's key", "The record has no key");
    }

    @Test
    void answersAnUnreadableRecordOnceThoughItIsReadAtEveryStart() {
        consumer.committed.put(partition(Topic.RULESET_CHANGED), new OffsetAndMetadata(1));
        reader.start();
        record(Topic.RULESET_CHANGED, 0, "r1", new byte[] {1});
        reader.poll(Duration.ZERO);
        assertThat(producer.history()).isEmpty();
        record(Topic.RULESET_CHANGED, 1, "r1", new byte[] {1});
        reader.poll(Duration.ZERO);
        assertThat(producer.history()).hasSize(1);
        assertThat(consumer.committed)
                .containsExactly(
                        Map.entry(partition(Topic.RULESET_CHANGED), new OffsetAndMetadata(2)));
    }

    @Test
    void passesOnWhatWasAnnounced() {
        reader.start();
        CompiledPolicy policy =
                CompiledPolicy.newBuilder().setEnforcerId("e1").setVersion(7).build();
        record(Topic.POLICY_COMPILED, 0, "e1", policy.toByteArray());
        record(Topic.POLICY_COMPILED, 1, "e2", null);
        reader.poll(Duration.ZERO);
        assertThat(sink.announced).containsExactly(policy);
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void passesReceiptsOn() {
        reader.start();
        EnforcerReceipt receipt = EnforcerReceipt.newBuilder().setEnforcerId("e1").build();
        record(Topic.POLICY_RECEIPT, 0, "e1", receipt.toByteArray());
        record(Topic.POLICY_RECEIPT, 1, "e2", receipt.toByteArray());
        record(Topic.POLICY_RECEIPT, 2, "e1", null);
        reader.poll(Duration.ZERO);
        assertThat(sink.received).containsExactly(receipt);
        assertThat(sink.gone).containsExactly("e1");
        assertThat(producer.history())
                .extracting(letter -> header(letter, Topic.REASON_HEADER))
                .containsExactly("The enforcer's id 'e1' is not the record's key");
        assertThat(reader.positions()).containsEntry(partition(Topic.POLICY_RECEIPT), 3L);
    }

    @Test
    void saysHowOldTheOldestChangeIs() {
        reader.start();
        reader.poll(Duration.ZERO);
        record(Topic.RULESET_CHANGED, 0, "r1", States.changedAt(7_000, "r1", "/a"));
        record(Topic.RULESET_CHANGED, 1, "r2", States.changedAt(5_000, "r2", "/a"));
        reader.poll(Duration.ZERO);
        record(Topic.RULESET_CHANGED, 2, "r3", States.changedAt(9_000, "r3", "/a"));
        reader.poll(Duration.ZERO);
        assertThat(sink.changedAt).containsExactly(5_000L, 9_000L);
    }

    private double deadLetters() {
        return meters.counter(
                        "ringfence.policy.dead.letters", "topic", Topic.RULESET_CHANGED.topicName())
                .count();
    }

    private void record(Topic topic, long offset, @Nullable String key, byte @Nullable [] value) {
        consumer.addRecord(
                new ConsumerRecord<>(
                        topic.topicName(),
                        0,
                        offset,
                        key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                        value));
    }

    private static TopicPartition partition(Topic topic) {
        return new TopicPartition(topic.topicName(), 0);
    }

    private static String header(ProducerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /// The mock forgets commits when partitions are assigned; a broker does not.
    private static final class RememberingConsumer extends MockConsumer<byte[], byte[]> {
        private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();

        RememberingConsumer() {
            super("earliest");
        }

        @Override
        public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
            return Map.copyOf(committed);
        }

        @Override
        public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
            committed.putAll(offsets);
        }
    }

    private static final class Sink implements WorldSink {
        private final List<CompiledPolicy> announced = new ArrayList<>();
        private final List<EnforcerReceipt> received = new ArrayList<>();
        private final List<String> withdrawn = new ArrayList<>();
        private final List<String> gone = new ArrayList<>();
        private final List<WorldUpdate> updates = new ArrayList<>();
        private final List<Long> changedAt = new ArrayList<>();

        @Override
        public void announced(CompiledPolicy policy) {
            announced.add(policy);
        }

        @Override
        public void withdrawn(String enforcerId) {
            withdrawn.add(enforcerId);
        }

        @Override
        public void received(EnforcerReceipt receipt) {
            received.add(receipt);
        }

        @Override
        public void receiptGone(String enforcerId) {
            gone.add(enforcerId);
        }

        @Override
        public void changed(WorldUpdate update, long changedAtMillis) {
            updates.add(update);
            changedAt.add(changedAtMillis);
        }
    }
}
