package io.ringfence.gateway.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.ringfence.contracts.audit.AuditRecord;
import io.ringfence.gateway.consume.UnreadableRecord;
import java.io.IOException;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// One change of one object, and its place in the topic.
///
/// @param json the object after the change; for a delete, as it was
record ObjectEvent(
        int partition,
        long offset,
        String identity,
        String namespace,
        EventType type,
        Instant at,
        ByteString json) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// What an event costs beside its JSON, about.
    private static final int OVERHEAD_BYTES = 250;

    /// @throws UnreadableRecord for what is not a whole `AuditRecord`
    static ObjectEvent of(ConsumerRecord<String, byte[]> record) {
        AuditRecord audit = parse(record.value());
        if (!audit.getNamespace().equals(record.key())) {
            throw new UnreadableRecord("the key is not the object's namespace");
        }
        EventType type =
                EventType.of(audit.getOperation())
                        .orElseThrow(() -> new UnreadableRecord("the record has no operation"));
        ObjectEvent event =
                new ObjectEvent(
                        record.partition(),
                        record.offset(),
                        audit.getIdentity(),
                        audit.getNamespace(),
                        type,
                        Instant.ofEpochMilli(audit.getChangedAtMs()),
                        audit.getJson());
        if (!event.entity().isObject()) {
            throw new UnreadableRecord("the object is not a JSON object");
        }
        return event;
    }

    JsonNode entity() {
        try {
            return JSON.readTree(json.toByteArray());
        } catch (IOException e) {
            throw new UnreadableRecord("the object is not JSON");
        }
    }

    int bytes() {
        return json.size() + OVERHEAD_BYTES;
    }

    private static AuditRecord parse(byte[] value) {
        if (value == null) {
            throw new UnreadableRecord("the record is empty");
        }
        try {
            return AuditRecord.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new UnreadableRecord("not an AuditRecord");
        }
    }
}
