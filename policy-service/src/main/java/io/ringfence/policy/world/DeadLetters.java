package io.ringfence.policy.world;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringfence.contracts.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/// Where unreadable records go: as they were, with the reason and where they came from.
final class DeadLetters implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final String COUNTER = "ringfence.policy.dead.letters";

    private final Producer<byte[], byte[]> producer;
    private final MeterRegistry meters;

    DeadLetters(Producer<byte[], byte[]> producer, MeterRegistry meters) {
        this.producer = producer;
        this.meters = meters;
        for (Topic topic : WorldTopics.ALL) {
            meters.counter(COUNTER, "topic", topic.topicName());
        }
    }

    void send(Topic topic, ConsumerRecord<byte[], byte[]> refused, String reason) {
        String origin =
                "%s/%d/%d".formatted(refused.topic(), refused.partition(), refused.offset());
        LOG.warnf("Refused %s: %s", origin, reason);
        meters.counter(COUNTER, "topic", topic.topicName()).increment();
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(topic.deadLetterName(), refused.key(), refused.value());
        letter.headers()
                .add(Topic.REASON_HEADER, reason.getBytes(StandardCharsets.UTF_8))
                .add(Topic.ORIGIN_HEADER, origin.getBytes(StandardCharsets.UTF_8));
        producer.send(
                letter,
                (_, failure) -> {
                    if (failure != null) {
                        LOG.errorf(failure, "The dead letter for %s was not taken", origin);
                    }
                });
    }

    /// Returns when the broker has them.
    void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
