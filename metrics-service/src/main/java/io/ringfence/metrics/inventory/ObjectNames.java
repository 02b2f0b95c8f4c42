package io.ringfence.metrics.inventory;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import io.ringfence.contracts.resource.ObjectState;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Object id to name. Written by one thread, read by many.
public final class ObjectNames {
    private static final Logger LOG = Logger.getLogger(ObjectNames.class);

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, Named> names = new ConcurrentHashMap<>();

    /// Empty when it is not known.
    public String of(String id) {
        Named named = names.get(id);
        return named == null ? "" : named.name;
    }

    /// @param state a serialized `ObjectState`; null: the object is gone
    void changed(String id, byte @Nullable [] state) {
        if (state == null) {
            names.remove(id);
            return;
        }
        try {
            Named now = Named.of(ObjectState.parseFrom(state), json);
            names.merge(id, now, (old, later) -> later.revision > old.revision ? later : old);
        } catch (InvalidProtocolBufferException e) {
            LOG.warnf("the state of %s cannot be read, its name stays as it is: %s", id, e);
        } catch (IOException e) {
            LOG.warnf("the state of %s is not JSON, its name stays as it is: %s", id, e);
        }
    }

    private record Named(String name, long revision) {
        static Named of(ObjectState state, ObjectMapper json) throws IOException {
            return new Named(
                    json.readTree(state.getJson().toByteArray()).path("name").asText(""),
                    state.getRevision());
        }
    }
}
