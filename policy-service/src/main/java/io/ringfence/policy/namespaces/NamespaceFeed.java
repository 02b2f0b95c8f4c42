package io.ringfence.policy.namespaces;

import com.google.protobuf.InvalidProtocolBufferException;
import io.quarkus.arc.All;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/// Reads the namespaces from their beginning, for as long as the service runs, so that a deletion
/// that happened meanwhile is heard as long as the topic remembers it. Whatever fails is tried
/// again.
@ApplicationScoped
class NamespaceFeed {
    private static final Logger LOG = Logger.getLogger(NamespaceFeed.class);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration GOODBYE = Duration.ofSeconds(10);

    private final Map<String, Object> kafka;
    private final List<NamespaceListener> listeners;
    private final Queue<CompletableFuture<Void>> asking = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean stopped;

    NamespaceFeed(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @All List<NamespaceListener> listeners) {
        this.kafka = kafka;
        this.listeners = listeners;
        this.thread = Thread.ofPlatform().name("namespace-feed").daemon().unstarted(this::run);
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        thread.join(GOODBYE);
    }

    /// Completes when everything has been heard that was announced before this call.
    CompletableFuture<Void> catchUp() {
        CompletableFuture<Void> caughtUp = new CompletableFuture<>();
        asking.add(caughtUp);
        return caughtUp;
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

    private void read(KafkaConsumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = partitions(consumer);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> missing = new HashMap<>(consumer.endOffsets(partitions));
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        while (!stopped) {
            consumer.poll(POLL).forEach(this::hear);
            missing.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            if (missing.isEmpty()) {
                waiting.forEach(each -> each.complete(null));
                waiting.clear();
                listeners.forEach(NamespaceListener::upToDate);
                for (CompletableFuture<Void> next = asking.poll();
                        next != null;
                        next = asking.poll()) {
                    waiting.add(next);
                }
                if (!waiting.isEmpty()) {
                    missing.putAll(consumer.endOffsets(partitions));
                }
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
    private void hear(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        String id = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            listeners.forEach(listener -> listener.deleted(id));
            return;
        }
        try {
            ObjectState state = ObjectState.parseFrom(record.value());
            JsonObject namespace = new JsonObject(state.getJson().toStringUtf8());
            if (namespace.getString("name", "").startsWith("/")) {
                listeners.forEach(listener -> listener.announced(id, namespace));
            }
        } catch (InvalidProtocolBufferException | RuntimeException unreadable) {
            LOG.debugf("A namespace cannot be read: %s", unreadable.getMessage());
        }
    }

    private void pauseAfter(KafkaException failure) {
        if (stopped) {
            return;
        }
        LOG.warnf("Reading the namespaces goes on in %s: %s", PAUSE, failure.getMessage());
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
