package io.ringfence.embedded.kafka;

import io.ringfence.contracts.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/// The topics of the table, and a dead letter topic (one partition) beside each.
final class TopicTable {
    private static final short ONE_REPLICA = 1;
    private static final Duration TOMBSTONES_KEPT = Duration.ofDays(1);
    private static final Duration COMPACTED_WITHIN = Duration.ofHours(1);

    private final int partitions;

    TopicTable(int partitions) {
        this.partitions = partitions;
    }

    /// Makes the missing ones, and gives the others their settings. Partitions never change.
    void ensure(Admin admin) throws ExecutionException, InterruptedException {
        Set<String> present = admin.listTopics().names().get();
        List<NewTopic> missing = new ArrayList<>();
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new LinkedHashMap<>();
        for (NewTopic topic : topics()) {
            if (present.contains(topic.name())) {
                changes.put(
                        new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
                        operations(topic.configs()));
            } else {
                missing.add(topic);
            }
        }
        admin.createTopics(missing).all().get();
        if (!changes.isEmpty()) {
            admin.incrementalAlterConfigs(changes).all().get();
        }
        awaitLeaders(admin);
    }

    /// A partition that was just made answers a little later.
    private void awaitLeaders(Admin admin) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> every = new LinkedHashMap<>();
        for (NewTopic topic : topics()) {
            for (int partition = 0; partition < topic.numPartitions(); partition++) {
                every.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
            }
        }
        admin.listOffsets(every).all().get();
    }

    List<NewTopic> topics() {
        return Arrays.stream(Topic.values())
                .<NewTopic>mapMulti((topic, add) -> {
                    add.accept(
                            new NewTopic(topic.topicName(), partitions, ONE_REPLICA)
                                    .configs(settings(topic)));
                    add.accept(
                            new NewTopic(topic.deadLetterName(), 1, ONE_REPLICA)
                                    .configs(kept(Topic.deadLettersKept())));
                })
                .toList();
    }

    private static Map<String, String> settings(Topic topic) {
        return switch (topic.cleanup()) {
            case DELETE -> kept(topic.kept());
            case COMPACT ->
                    Map.of(
                            "cleanup.policy",
                            "compact",
                            "min.cleanable.dirty.ratio",
                            "0.2",
                            "max.compaction.lag.ms",
                            millis(Duration.ofDays(1)),
                            "segment.ms",
                            millis(COMPACTED_WITHIN),
                            "segment.bytes",
                            "67108864",
                            "delete.retention.ms",
                            millis(TOMBSTONES_KEPT));
        };
    }

    /// Segments are a tenth of what is kept, so that old records go in time.
    private static Map<String, String> kept(Duration kept) {
        return Map.of(
                "cleanup.policy",
                "delete",
                "retention.ms",
                millis(kept),
                "segment.ms",
                millis(kept.dividedBy(10)),
                "segment.bytes",
                "268435456");
    }

    private static Collection<AlterConfigOp> operations(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting ->
                        new AlterConfigOp(
                                new ConfigEntry(setting.getKey(), setting.getValue()),
                                AlterConfigOp.OpType.SET))
                .toList();
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
