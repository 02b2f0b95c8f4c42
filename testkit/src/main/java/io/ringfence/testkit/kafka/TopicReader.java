package io.ringfence.testkit.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Reads one topic. Remembers what it has seen, so that looking for a record never takes it away
/// from a later look.
public final class TopicReader implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<String, byte[]> consumer;
    private final String topic;
    private final List<ConsumerRecord<String, byte[]>> seen = new ArrayList<>();

    private TopicReader(Map<String, Object> settings, String topic) {
        this.topic = topic;
        consumer =
                new KafkaConsumer<>(
                        settings, new StringDeserializer(), new ByteArrayDeserializer());
        consumer.assign(
                consumer.partitionsFor(topic).stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList());
    }

    static TopicReader fromEnd(Map<String, Object> settings, String topic) {
        TopicReader reader = new TopicReader(settings, topic);
        reader.consumer.seekToEnd(reader.consumer.assignment());
        reader.consumer.assignment().forEach(reader.consumer::position);
        return reader;
    }

    static TopicReader fromBeginning(Map<String, Object> settings, String topic) {
        TopicReader reader = new TopicReader(settings, topic);
        reader.consumer.seekToBeginning(reader.consumer.assignment());
        return reader;
    }

    /// The first record, among those seen and those to come, that fits; waits half a minute.
    public ConsumerRecord<String, byte[]> await(Predicate<ConsumerRecord<String, byte[]>> fits) {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            for (ConsumerRecord<String, byte[]> record : seen) {
                if (fits.test(record)) {
                    return record;
                }
            }
            if (Instant.now().isAfter(end)) {
                throw new AssertionError(
                        "no such record on " + topic + "; " + seen.size() + " others were seen");
            }
            consumer.poll(POLL).forEach(seen::add);
        }
    }

    public ConsumerRecord<String, byte[]> awaitKey(String key) {
        return await(record -> key.equals(record.key()));
    }

    /// Everything up to what was the topic's end when this was called.
    public List<ConsumerRecord<String, byte[]>> readToEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(seen::add);
        }
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
