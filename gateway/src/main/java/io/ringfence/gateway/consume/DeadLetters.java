package io.ringfence.gateway.consume;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringfence.contracts.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Where a record goes that cannot be read: the dead letter topic beside its own, with the reason.
/// Counted even if Kafka does not take it. The producer is made when first needed.
final class DeadLetters {
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private final Map<String, Object> properties;
    private final MeterRegistry metrics;
    private @Nullable Producer<String, byte[]> producer;

    DeadLetters(Map<String, Object> properties, MeterRegistry metrics) {
        this.properties = properties;
        this.metrics = metrics;
    }

    void refuse(ConsumerRecord<String, byte[]> record, String reason) {
        metrics.counter("ringfence_gateway_records_refused", "topic", record.topic()).increment();
        String origin = record.topic() + "/" + record.partition() + "/" + record.offset();
        LOG.warnf("Refused %s: %s", origin, reason);
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(
                        record.topic() + Topic.DEAD_LETTER_SUFFIX, record.key(), record.value());
        letter.headers().add(Topic.REASON_HEADER, reason.getBytes(StandardCharsets.UTF_8));
        letter.headers().add(Topic.ORIGIN_HEADER, origin.getBytes(StandardCharsets.UTF_8));
        try {
            var unused =
                    producer()
                            .send(
                                    letter,
                                    (sent, failure) -> {
                                        if (failure != null) {
                                            LOG.warnf("No dead letter for %s: %s", origin, failure);
                                        }
                                    });
        } catch (KafkaException e) {
            LOG.warnf("No dead letter for %s: %s", origin, e.getMessage());
        }
    }

    synchronized void close() {
        if (producer != null) {
            producer.close();
        }
    }

    private synchronized Producer<String, byte[]> producer() {
        Producer<String, byte[]> open = producer;
        if (open == null) {
            Map<String, Object> settings = new HashMap<>(properties);
            settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000);
            settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 1L << 20);
            open = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
            producer = open;
        }
        return open;
    }
}
