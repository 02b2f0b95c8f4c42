package io.ringfence.store.outbox;

import io.ringfence.contracts.topic.Partitioning;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Kafka as the outbox writes it: at once (no linger), acknowledged by all replicas, into the
/// tenant's partition (DESIGN §5).
final class Broker implements AutoCloseable {
    private final Map<String, Object> configuration;
    private KafkaProducer<byte[], byte[]> producer;
    private final Map<String, Integer> partitions = new HashMap<>();

    Broker(Map<String, Object> kafka) {
        configuration = new HashMap<>(kafka);
        configuration.put(ProducerConfig.ACKS_CONFIG, "all");
        configuration.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        configuration.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        configuration.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        configuration.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        configuration.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        producer = connected();
    }

    /// Kafka did not take the records; all of them are to be sent again.
    static final class UnavailableException extends Exception {
        private static final long serialVersionUID = 1;

        UnavailableException(Throwable cause) {
            super("Kafka does not answer: " + cause.getMessage(), cause);
        }
    }

    private KafkaProducer<byte[], byte[]> connected() {
        return new KafkaProducer<>(
                configuration, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /// Returns once all are acknowledged.
    void send(List<OutboxTable.Row> rows) throws UnavailableException, InterruptedException {
        try {
            List<Future<?>> sent = new ArrayList<>();
            for (OutboxTable.Row row : rows) {
                sent.add(producer.send(record(row)));
            }
            for (Future<?> each : sent) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw abandoned(e.getCause() == null ? e : e.getCause());
        } catch (KafkaException e) {
            throw abandoned(e);
        }
    }

    /// What is still under way must not arrive after what will be sent again.
    private UnavailableException abandoned(Throwable cause) {
        producer.close(Duration.ZERO);
        partitions.clear();
        producer = connected();
        return new UnavailableException(cause);
    }

    private ProducerRecord<byte[], byte[]> record(OutboxTable.Row row) {
        int count =
                partitions.computeIfAbsent(
                        row.topic(), topic -> producer.partitionsFor(topic).size());
        return new ProducerRecord<>(
                row.topic(),
                Partitioning.ofNamespace(row.namespace(), count),
                row.key().getBytes(StandardCharsets.UTF_8),
                row.value());
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
