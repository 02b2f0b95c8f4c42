package io.ringfence.flowingest.consume;

import io.ringfence.contracts.topic.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// The dead letter topic: a refused record as it was, with the reason and where it came from.
public final class DeadLetters implements AutoCloseable {
    private final Producer<byte[], byte[]> kafka;

    DeadLetters(Producer<byte[], byte[]> kafka) {
        this.kafka = kafka;
    }

    /// @param connection how to reach Kafka
    public static DeadLetters on(Map<String, Object> connection) {
        return new DeadLetters(
                new KafkaProducer<>(
                        connection, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    static ProducerRecord<byte[], byte[]> of(
            ConsumerRecord<byte[], byte[]> refused, String sentence) {
        ProducerRecord<byte[], byte[]> letter = letter(refused.key(), refused.value());
        String origin = refused.topic() + "/" + refused.partition() + "/" + refused.offset();
        letter.headers()
                .add(Topic.REASON_HEADER, sentence.getBytes(StandardCharsets.UTF_8))
                .add(Topic.ORIGIN_HEADER, origin.getBytes(StandardCharsets.UTF_8));
        return letter;
    }

    /// Returns when the brokers have them all. Sending a letter again after a failure does no harm:
    /// its origin tells that it is the same.
    void publish(List<ProducerRecord<byte[], byte[]>> letters)
            throws IOException, InterruptedException {
        List<Future<?>> sent = new ArrayList<>(letters.size());
        try {
            letters.forEach(letter -> sent.add(kafka.send(letter)));
            kafka.flush();
        } catch (KafkaException e) {
            throw new IOException("the dead letter topic takes nothing: " + e.getMessage(), e);
        }
        for (int i = 0; i < sent.size(); i++) {
            await(sent.get(i), letters.get(i));
        }
    }

    private void await(Future<?> sent, ProducerRecord<byte[], byte[]> letter)
            throws IOException, InterruptedException {
        try {
            sent.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RecordTooLargeException && letter.value() != null) {
                publish(List.of(withoutValue(letter)));
                return;
            }
            throw new IOException("the dead letter topic takes nothing: " + e.getCause(), e);
        }
    }

    /// The headers made it too large; the origin still says where to find the value.
    private static ProducerRecord<byte[], byte[]> withoutValue(
            ProducerRecord<byte[], byte[]> letter) {
        ProducerRecord<byte[], byte[]> shorter = letter(letter.key(), null);
        letter.headers().forEach(shorter.headers()::add);
        return shorter;
    }

    private static ProducerRecord<byte[], byte[]> letter(
            byte @Nullable [] key, byte @Nullable [] value) {
        return new ProducerRecord<>(Topic.FLOW_OBSERVED.deadLetterName(), key, value);
    }

    @Override
    public void close() {
        kafka.close(Duration.ofSeconds(2));
    }
}
