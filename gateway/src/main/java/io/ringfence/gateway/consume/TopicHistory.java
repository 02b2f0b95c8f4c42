package io.ringfence.gateway.consume;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/// Looks back into a topic, for who needs records that are not in memory any more. Safe for many
/// threads.
public final class TopicHistory {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(500);

    /// What a look back found.
    public sealed interface Piece {
        /// @param next where to go on; above the last record if others follow that nobody reads
        record Found(List<ConsumerRecord<String, byte[]>> records, long next) implements Piece {}

        /// The topic has no such offset: deleted by age, or from another life of the topic.
        record Gone() implements Piece {}
    }

    private final Supplier<Consumer<String, byte[]>> open;
    private final String topic;

    TopicHistory(Supplier<Consumer<String, byte[]>> open, String topic) {
        this.open = open;
        this.topic = topic;
    }

    /// Some records from the offset on, in order; none if there are none within five seconds.
    /// Blocks.
    ///
    /// @throws org.apache.kafka.common.KafkaException when Kafka cannot be asked
    public Piece read(int partition, long offset) {
        TopicPartition from = new TopicPartition(topic, partition);
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (Consumer<String, byte[]> consumer = open.get()) {
            consumer.assign(Set.of(from));
            consumer.seek(from, offset);
            Instant end = Instant.now().plus(PATIENCE);
            while (consumer.position(from) == offset && Instant.now().isBefore(end)) {
                consumer.poll(POLL).forEach(records::add);
            }
            return new Piece.Found(records, consumer.position(from));
        } catch (OffsetOutOfRangeException gone) {
            return new Piece.Gone();
        }
    }
}
