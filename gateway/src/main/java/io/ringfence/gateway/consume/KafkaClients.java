package io.ringfence.gateway.consume;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.ringfence.contracts.topic.Topic;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Opens clients as the configuration's `kafka.*` keys say, and closes the readers at the end.
@ApplicationScoped
public class KafkaClients {
    private final Map<String, Object> properties;
    private final DeadLetters deadLetters;
    private final List<TopicReader> readers = new CopyOnWriteArrayList<>();

    KafkaClients(
            @Any @Identifier("default-kafka-broker") Map<String, Object> properties,
            MeterRegistry metrics) {
        this.properties = Map.copyOf(properties);
        this.deadLetters = new DeadLetters(this.properties, metrics);
    }

    /// Starts to read at once, on a thread of its own.
    public TopicReader read(List<Topic> topics, TopicReader.Start start, RecordListener listener) {
        TopicReader reader =
                new TopicReader(
                        () -> consumer(Map.of()),
                        topics.stream().map(Topic::topicName).toList(),
                        start,
                        listener,
                        deadLetters);
        readers.add(reader);
        reader.start();
        return reader;
    }

    /// For single looks back into a topic, each with a client of its own.
    ///
    /// @param pieceBytes how much is read at most in one look, except that a record is never cut
    public TopicHistory history(Topic topic, int pieceBytes) {
        return new TopicHistory(
                () ->
                        consumer(
                                Map.of(
                                        ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                                        pieceBytes,
                                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                                        pieceBytes,
                                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                                        Integer.MAX_VALUE)),
                topic.topicName());
    }

    public Admin admin(int requestTimeoutMilliseconds) {
        Map<String, Object> admin = new HashMap<>(properties);
        admin.put("request.timeout.ms", requestTimeoutMilliseconds);
        admin.put("default.api.timeout.ms", requestTimeoutMilliseconds);
        admin.put("reconnect.backoff.max.ms", requestTimeoutMilliseconds);
        return Admin.create(admin);
    }

    void close(@Observes ShutdownEvent stopping) {
        readers.parallelStream().forEach(TopicReader::close);
        deadLetters.close();
    }

    private Consumer<String, byte[]> consumer(Map<String, Object> special) {
        Map<String, Object> consumer = new HashMap<>(properties);
        consumer.remove(ConsumerConfig.GROUP_ID_CONFIG);
        consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consumer.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        consumer.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500);
        consumer.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        consumer.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        consumer.putAll(special);
        return new KafkaConsumer<>(consumer, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
