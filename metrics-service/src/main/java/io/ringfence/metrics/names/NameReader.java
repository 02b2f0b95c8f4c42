package io.ringfence.metrics.names;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.ringfence.contracts.topic.Topic;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/// Follows the topics of changes from their beginning, every partition in every instance. Reports
/// do not wait for it: without Kafka they have ids and no names.
@ApplicationScoped
class NameReader {
    private static final Logger LOG = Logger.getLogger(NameReader.class);
    private static final List<Topic> TOPICS =
            List.of(Topic.PROCESSING_UNIT_CHANGED, Topic.EXTERNAL_NETWORK_CHANGED);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final Map<String, Object> kafka;
    private final ObjectNames names = new ObjectNames();
    private final Thread thread = Thread.ofPlatform().name("names").unstarted(this::run);

    NameReader(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.kafka = new HashMap<>(kafka);
        this.kafka.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    }

    @Produces
    @Singleton
    ObjectNames names() {
        return names;
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        thread.interrupt();
        thread.join(GOODBYE.multipliedBy(2));
    }

    private void run() {
        Consumer<String, byte[]> consumer =
                new KafkaConsumer<>(kafka, new StringDeserializer(), new ByteArrayDeserializer());
        try {
            consumer.assign(partitions(consumer));
            consumer.seekToBeginning(consumer.assignment());
            while (!Thread.currentThread().isInterrupted()) {
                consumer.poll(POLL).forEach(record -> names.changed(record.key(), record.value()));
            }
        } catch (InterruptException stop) {
            LOG.debug("asked to stop");
        } catch (KafkaException e) {
            LOG.error("names are not followed any more; reports have ids only", e);
        } finally {
            Thread.interrupted();
            consumer.close(CloseOptions.timeout(GOODBYE));
        }
    }

    private static List<TopicPartition> partitions(Consumer<?, ?> consumer) {
        while (true) {
            try {
                return TOPICS.stream().flatMap(topic -> partitions(consumer, topic)).toList();
            } catch (RetriableException e) {
                LOG.warnf("waiting for Kafka: %s", e.getMessage());
            }
        }
    }

    private static Stream<TopicPartition> partitions(Consumer<?, ?> consumer, Topic topic) {
        return consumer.partitionsFor(topic.topicName()).stream()
                .map(partition -> new TopicPartition(topic.topicName(), partition.partition()));
    }
}
