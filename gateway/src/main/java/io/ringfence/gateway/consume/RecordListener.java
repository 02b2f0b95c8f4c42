package io.ringfence.gateway.consume;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Hears every record of a [TopicReader], on that reader's one thread.
public interface RecordListener {
    /// @throws UnreadableRecord when the record goes to the dead letters
    void heard(ConsumerRecord<String, byte[]> record);

    /// Records were deleted before they were read.
    default void missed() {}
}
