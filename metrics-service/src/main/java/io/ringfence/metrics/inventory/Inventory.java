package io.ringfence.metrics.inventory;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.engine.stored.UnreadableRecordException;
import io.ringfence.engine.stored.WorldState;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;

/// Takes in every partition from its beginning, in every instance. Names are passed on as they
/// come; the world not before the end offsets of the start are reached, since half a world explains
/// wrongly. Unreadable records are counted; their dead letters are policy-service's, which reads
/// the same topics. For one thread.
final class Inventory {
    private static final Logger LOG = Logger.getLogger(Inventory.class);
    private static final String UNREADABLE = "ringfence.metrics.unreadable.records";
    private static final Set<Topic> NAMED =
            Set.of(Topic.PROCESSING_UNIT_CHANGED, Topic.EXTERNAL_NETWORK_CHANGED);

    private final ObjectNames names;
    private final KnownWorld world;
    private final MeterRegistry meters;
    private final WorldState state = new WorldState();
    private final Map<TopicPartition, Long> missing = new HashMap<>();
    private boolean told;

    Inventory(ObjectNames names, KnownWorld world, MeterRegistry meters) {
        this.names = names;
        this.world = world;
        this.meters = meters;
        for (Topic topic : WorldState.TOPICS) {
            meters.counter(UNREADABLE, "topic", topic.topicName());
        }
    }

    /// @throws org.apache.kafka.common.KafkaException when a topic is not there yet
    void start(Consumer<String, byte[]> consumer) {
        List<TopicPartition> partitions =
                WorldState.TOPICS.stream().flatMap(topic -> partitions(consumer, topic)).toList();
        consumer.assign(partitions);
        missing.clear();
        missing.putAll(consumer.endOffsets(partitions));
        consumer.seekToBeginning(partitions);
    }

    void poll(Consumer<String, byte[]> consumer, Duration atMost) {
        consumer.poll(atMost).forEach(this::take);
        if (!missing.isEmpty()) {
            missing.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        }
        if (missing.isEmpty() && (state.hasChanged() || !told)) {
            world.became(state.takeUpdate().world());
            told = true;
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        Topic topic = Topic.named(record.topic()).orElseThrow();
        try {
            if (record.key() == null) {
                throw new UnreadableRecordException("The record has no key");
            }
            if (NAMED.contains(topic)) {
                names.changed(record.key(), record.value());
            }
            state.apply(topic, record.key(), record.value());
        } catch (UnreadableRecordException e) {
            LOG.warnf("%s/%d/%d: %s", record.topic(), record.partition(), record.offset(), e);
            meters.counter(UNREADABLE, "topic", record.topic()).increment();
        }
    }

    private static Stream<TopicPartition> partitions(Consumer<?, ?> consumer, Topic topic) {
        List<PartitionInfo> found = consumer.partitionsFor(topic.topicName());
        if (found == null || found.isEmpty()) {
            throw new UnknownTopicOrPartitionException("There is no topic " + topic.topicName());
        }
        return found.stream().map(it -> new TopicPartition(it.topic(), it.partition()));
    }
}
