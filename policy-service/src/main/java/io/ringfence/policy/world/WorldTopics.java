package io.ringfence.policy.world;

import io.ringfence.contracts.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// The topics policy is made from.
final class WorldTopics {
    static final Set<Topic> ALL =
            Set.copyOf(
                    EnumSet.of(
                            Topic.NAMESPACE_CHANGED,
                            Topic.PROCESSING_UNIT_CHANGED,
                            Topic.RULESET_CHANGED,
                            Topic.EXTERNAL_NETWORK_CHANGED,
                            Topic.ENFORCER_CHANGED,
                            Topic.POLICY_COMPILED));

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private WorldTopics() {}

    static List<TopicPartition> partitions(Consumer<?, ?> consumer) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (Topic topic : ALL) {
            List<PartitionInfo> found = consumer.partitionsFor(topic.topicName(), PATIENCE);
            if (found == null || found.isEmpty()) {
                throw new UnknownTopicOrPartitionException(
                        "There is no topic " + topic.topicName() + " yet");
            }
            found.forEach(it -> partitions.add(new TopicPartition(it.topic(), it.partition())));
        }
        return partitions;
    }
}
