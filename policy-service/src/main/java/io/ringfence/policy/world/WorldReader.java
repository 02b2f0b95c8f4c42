package io.ringfence.policy.world;

import com.google.protobuf.InvalidProtocolBufferException;
import io.ringfence.contracts.policy.CompiledPolicy;
import io.ringfence.contracts.policy.EnforcerReceipt;
import io.ringfence.contracts.resource.ObjectState;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.engine.stored.UnreadableRecordException;
import io.ringfence.engine.stored.WorldState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// Reads every partition from its beginning. Nothing is passed on before the end offsets of the
/// start are reached; from then on each poll's changes together. Offsets are committed only to
/// remember which records have had their dead letter.
final class WorldReader {
    private final Consumer<byte[], byte[]> consumer;
    private final DeadLetters deadLetters;
    private final WorldState state;
    private final WorldSink sink;
    private final Map<TopicPartition, Long> missing = new HashMap<>();
    private final Map<TopicPartition, Long> answered = new HashMap<>();
    private long oldestChangeMillis = Long.MAX_VALUE;

    WorldReader(
            Consumer<byte[], byte[]> consumer,
            DeadLetters deadLetters,
            WorldState state,
            WorldSink sink) {
        this.consumer = consumer;
        this.deadLetters = deadLetters;
        this.state = state;
        this.sink = sink;
    }

    void start() {
        List<TopicPartition> partitions = WorldTopics.partitions(consumer);
        consumer.assign(partitions);
        consumer.committed(Set.copyOf(partitions))
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        answered.put(partition, offset.offset());
                    }
                });
        missing.putAll(consumer.endOffsets(partitions));
        consumer.seekToBeginning(partitions);
    }

    /// Waits for changes and passes them on. True once the start is caught up with.
    boolean poll(Duration atMost) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(atMost);
        boolean refused = false;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            refused |= !take(record);
        }
        if (refused) {
            commitAnswered();
        }
        if (!missing.isEmpty()) {
            missing.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        }
        if (missing.isEmpty()) {
            passOn();
        }
        return missing.isEmpty();
    }

    private void passOn() {
        if (state.hasChanged()) {
            sink.changed(state.takeUpdate(), oldestChangeMillis);
        }
        oldestChangeMillis = Long.MAX_VALUE;
    }

    /// How far everything was passed on.
    Map<TopicPartition, Long> positions() {
        Map<TopicPartition, Long> positions = new HashMap<>();
        consumer.assignment().forEach(each -> positions.put(each, consumer.position(each)));
        return positions;
    }

    private boolean take(ConsumerRecord<byte[], byte[]> record) {
        Topic topic = Topic.named(record.topic()).orElseThrow();
        try {
            if (record.key() == null) {
                throw new UnreadableRecordException("The record has no key");
            }
            String key = new String(record.key(), StandardCharsets.UTF_8);
            switch (topic) {
                case POLICY_COMPILED -> announce(key, record);
                case POLICY_RECEIPT -> receive(key, record);
                default -> apply(topic, key, record);
            }
            return true;
        } catch (UnreadableRecordException e) {
            return refuse(topic, record, String.valueOf(e.getMessage()));
        }
    }

    private boolean refuse(Topic topic, ConsumerRecord<byte[], byte[]> record, String reason) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (record.offset() < answered.getOrDefault(partition, 0L)) {
            return true;
        }
        deadLetters.send(topic, record, reason);
        answered.put(partition, record.offset() + 1);
        return false;
    }

    private void apply(Topic topic, String key, ConsumerRecord<byte[], byte[]> record)
            throws UnreadableRecordException {
        state.apply(topic, key, record.value());
        if (missing.isEmpty() && state.hasChanged()) {
            oldestChangeMillis = Math.min(oldestChangeMillis, storedAtMillis(record));
        }
    }

    /// A deletion says no more than when it was announced.
    private static long storedAtMillis(ConsumerRecord<byte[], byte[]> record)
            throws UnreadableRecordException {
        if (record.value() == null) {
            return record.timestamp();
        }
        try {
            long stored = ObjectState.parseFrom(record.value()).getChangedAtMs();
            return stored == 0 ? record.timestamp() : stored;
        } catch (InvalidProtocolBufferException e) {
            throw new UnreadableRecordException("The value is not an ObjectState");
        }
    }

    private void receive(String key, ConsumerRecord<byte[], byte[]> record)
            throws UnreadableRecordException {
        if (record.value() == null) {
            sink.receiptGone(key);
            return;
        }
        try {
            EnforcerReceipt receipt = EnforcerReceipt.parseFrom(record.value());
            checkKey(receipt.getEnforcerId(), key);
            sink.received(receipt);
        } catch (InvalidProtocolBufferException e) {
            throw new UnreadableRecordException(
                    "The value is not an EnforcerReceipt: " + e.getMessage());
        }
    }

    private static void checkKey(String enforcerId, String key) throws UnreadableRecordException {
        if (!enforcerId.equals(key)) {
            throw new UnreadableRecordException(
                    "The enforcer's id '%s' is not the record's key".formatted(enforcerId));
        }
    }

    private void announce(String key, ConsumerRecord<byte[], byte[]> record)
            throws UnreadableRecordException {
        if (record.value() == null) {
            sink.withdrawn(key);
            return;
        }
        try {
            CompiledPolicy policy = CompiledPolicy.parseFrom(record.value());
            checkKey(policy.getEnforcerId(), key);
            sink.announced(policy);
        } catch (InvalidProtocolBufferException e) {
            throw new UnreadableRecordException(
                    "The value is not a CompiledPolicy: " + e.getMessage());
        }
    }

    private void commitAnswered() {
        deadLetters.flush();
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        answered.forEach(
                (partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
        consumer.commitSync(offsets);
    }
}
