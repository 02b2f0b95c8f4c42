package io.ringfence.policy.clearing;

import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.ringfence.contracts.resource.ObjectState;
import io.ringfence.contracts.topic.Topic;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/// Reads the namespaces from their beginning, for as long as the service runs, so that a deletion
/// that happened meanwhile is heard as long as the topic remembers it. Whatever fails is tried
/// again; several instances do the same work twice, which harms nobody.
@ApplicationScoped
class NamespaceClearing {
    private static final Logger LOG = Logger.getLogger(NamespaceClearing.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration GOODBYE = Duration.ofSeconds(10);

    private final Map<String, Object> kafka;
    private final NamespaceObjects objects;
    private final Counter cleared;
    private final Thread thread;
    private volatile boolean stopped;

    NamespaceClearing(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            NamespaceObjects objects,
            MeterRegistry meters) {
        this.kafka = kafka;
        this.objects = objects;
        this.cleared = meters.counter("ringfence.policy.cleared.objects");
        this.thread = Thread.ofPlatform().name("namespace-clearing").daemon().unstarted(this::run);
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        thread.join(GOODBYE);
    }

    private void run() {
        while (!stopped) {
            try (KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(
                            consuming(),
                            new ByteArrayDeserializer(),
                            new ByteArrayDeserializer())) {
                read(consumer);
            } catch (KafkaException e) {
                pauseAfter(e);
            }
        }
    }

    /// Clears only what is gone at the end of what was there when it started: a namespace that was
    /// deleted and made again is there.
    private void read(KafkaConsumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = partitions(consumer);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> missing = new HashMap<>(consumer.endOffsets(partitions));
        GoneNamespaces gone = new GoneNamespaces();
        while (!stopped) {
            consumer.poll(POLL).forEach(record -> hear(record, gone));
            missing.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            if (missing.isEmpty()) {
                gone.names().forEach(name -> clear(name, gone));
            }
        }
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer) {
        var found = consumer.partitionsFor(Topic.NAMESPACE_CHANGED.topicName());
        if (found == null || found.isEmpty()) {
            throw new KafkaException("the namespaces' topic is not there yet");
        }
        return found.stream().map(it -> new TopicPartition(it.topic(), it.partition())).toList();
    }

    /// What cannot be read is a dead letter of `world`, and no namespace here.
    private static void hear(ConsumerRecord<byte[], byte[]> record, GoneNamespaces gone) {
        if (record.key() == null) {
            return;
        }
        String id = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            gone.deleted(id);
            return;
        }
        try {
            ObjectState state = ObjectState.parseFrom(record.value());
            String name = new JsonObject(state.getJson().toStringUtf8()).getString("name", "");
            if (name.startsWith("/")) {
                gone.announced(id, name);
            }
        } catch (InvalidProtocolBufferException | RuntimeException unreadable) {
            LOG.debugf("A namespace cannot be read: %s", unreadable.getMessage());
        }
    }

    private void clear(String namespace, GoneNamespaces gone) {
        try {
            int deleted = objects.delete(namespace);
            gone.cleared(namespace);
            if (deleted > 0) {
                cleared.increment(deleted);
                LOG.infof("Deleted %d objects of %s, which is gone", deleted, namespace);
            }
        } catch (Throwable failure) {
            pauseAfter(failure);
        }
    }

    private void pauseAfter(Throwable failure) {
        if (stopped) {
            return;
        }
        LOG.warnf("Clearing namespaces goes on in %s: %s", PAUSE, failure.getMessage());
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, Object> consuming() {
        Map<String, Object> config = new HashMap<>(kafka);
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return config;
    }
}
