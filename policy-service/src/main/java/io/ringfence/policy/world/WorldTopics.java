package io.ringfence.policy.world;

import io.ringfence.contracts.topic.Topic;
import io.ringfence.engine.stored.WorldState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// The topics policy is made from, and those that say what became of it.
final class WorldTopics {
    static final Set<Topic> ALL = all();

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private WorldTopics() {}

    private static Set<Topic> all() {
        Set<Topic> all = EnumSet.of(Topic.POLICY_COMPILED, Topic.POLICY_RECEIPT);
        all.addAll(WorldState.TOPICS);
        return Set.copyOf(all);
    }

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
