package io.ringfence.gateway.consume;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Hears every record of a [TopicReader], on that reader's one thread.
public interface RecordListener {
    /// @throws UnreadableRecord when the record goes to the dead letters
    void heard(ConsumerRecord<String, byte[]> record);

    /// Reading of a partition begins, or begins anew after an error.
    ///
    /// @param next the offset of the first record that will be heard, or a later one if it is gone
    default void starts(TopicPartition partition, long next) {}

    /// Records were deleted before they were read.
    default void missed() {}
}
