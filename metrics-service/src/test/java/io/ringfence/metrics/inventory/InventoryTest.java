package io.ringfence.metrics.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.engine.stored.WorldState;
import io.ringfence.testkit.domain.ObjectFixture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InventoryTest {
    private static final ObjectFixture DB = ObjectFixture.processingUnit("db");
    private static final ObjectFixture WEB = ObjectFixture.processingUnit("web");

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final ObjectNames names = new ObjectNames();
    private final KnownWorld world = new KnownWorld();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Inventory inventory = new Inventory(names, world, meters);
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    @BeforeEach
    void everyTopicHasOnePartition() {
        for (Topic topic : WorldState.TOPICS) {
            Node node = new Node(0, "localhost", 1);
            Node[] nodes = {node};
            consumer.updatePartitions(
                    topic.topicName(),
                    List.of(new PartitionInfo(topic.topicName(), 0, node, nodes, nodes)));
            ends.put(new TopicPartition(topic.topicName(), 0), 0L);
        }
        consumer.updateBeginningOffsets(ends);
        consumer.updateEndOffsets(ends);
    }

    @Test
    void tellsTheWorldOnceItIsWholeAndNamesAtOnce() {
        ends.put(new TopicPartition(Topic.PROCESSING_UNIT_CHANGED.topicName(), 0), 2L);
        consumer.updateEndOffsets(ends);
        inventory.start(consumer);
        unit(0, DB.id(), DB.toState(1).toByteArray());
        poll();
        assertThat(names.of(DB.id())).isEqualTo("db");
        assertThat(world.newest()).isEmpty();

        unit(1, WEB.id(), WEB.toState(1).toByteArray());
        poll();
        assertThat(world.newest().orElseThrow().processingUnits())
                .containsOnlyKeys(DB.id(), WEB.id());

        unit(2, DB.id(), null);
        poll();
        assertThat(world.newest().orElseThrow().processingUnits()).containsOnlyKeys(WEB.id());
        assertThat(names.of(DB.id())).isEmpty();
    }

    @Test
    void anEmptyInstallationIsAWorldToo() {
        inventory.start(consumer);
        poll();
        assertThat(world.newest().orElseThrow().processingUnits()).isEmpty();
    }

    @Test
    void countsWhatItCannotReadAndGoesOn() {
        inventory.start(consumer);
        unit(0, DB.id(), "garbage".getBytes(StandardCharsets.UTF_8));
        unit(1, null, DB.toState(1).toByteArray());
        unit(2, WEB.id(), WEB.toState(1).toByteArray());
        poll();
        assertThat(world.newest().orElseThrow().processingUnits()).containsOnlyKeys(WEB.id());
        assertThat(
                        meters.counter(
                                        "ringfence.metrics.unreadable.records",
                                        "topic",
                                        Topic.PROCESSING_UNIT_CHANGED.topicName())
                                .count())
                .isEqualTo(2);
    }

    private void poll() {
        inventory.poll(consumer, Duration.ZERO);
    }

    private void unit(long offset, @Nullable String key, byte @Nullable [] value) {
        consumer.addRecord(
                new ConsumerRecord<>(
                        Topic.PROCESSING_UNIT_CHANGED.topicName(), 0, offset, key, value));
    }
}
