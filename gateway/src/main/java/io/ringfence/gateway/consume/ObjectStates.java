package io.ringfence.gateway.consume;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import io.ringfence.contracts.resource.ObjectState;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Reads the `*.changed.v1` topics: newer states and deletions go on, older states are ignored.
public final class ObjectStates implements RecordListener {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// What to do about a change.
    public interface Listener {
        void changed(ObjectState state, JsonNode json);

        void deleted(String topic, String id);
    }

    private final Listener listener;
    private final Map<String, Long> revisions = new HashMap<>();

    public ObjectStates(Listener listener) {
        this.listener = listener;
    }

    @Override
    public void heard(ConsumerRecord<String, byte[]> record) {
        String id = record.key();
        if (id == null) {
            throw new UnreadableRecord("the record has no key");
        }
        String known = record.topic() + "/" + id;
        byte[] value = record.value();
        if (value == null) {
            revisions.remove(known);
            listener.deleted(record.topic(), id);
            return;
        }
        ObjectState state = parse(value);
        if (!state.getId().equals(id)) {
            throw new UnreadableRecord("the key is not the object's id");
        }
        if (state.getRevision() > revisions.getOrDefault(known, Long.MIN_VALUE)) {
            listener.changed(state, json(state));
            revisions.put(known, state.getRevision());
        }
    }

    private static ObjectState parse(byte[] value) {
        try {
            return ObjectState.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new UnreadableRecord("not an ObjectState");
        }
    }

    private static JsonNode json(ObjectState state) {
        try {
            return JSON.readTree(state.getJson().toByteArray());
        } catch (IOException e) {
            throw new UnreadableRecord("the object is not JSON");
        }
    }
}
