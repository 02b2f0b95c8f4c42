package io.ringfence.store.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/// Objects as they were last read, as long as every change is heard of. What was read while
/// something changed is not kept: it may be older than the change. Safe for many threads.
@ApplicationScoped
class ObjectCache {
    private static final int MOST_VALUES = 200_000;

    private final Cache<String, Known> objects =
            Caffeine.newBuilder()
                    .maximumWeight(MOST_VALUES)
                    .weigher((String id, Known known) -> values(known.object()))
                    .build();
    private long changes;
    private boolean hears;

    private record Known(String identity, ObjectNode object) {}

    /// The state of things when a read begins.
    record Moment(long changes) {}

    Optional<ObjectNode> get(ResourceDeclaration resource, String id) {
        return Optional.ofNullable(objects.getIfPresent(id))
                .filter(known -> known.identity().equals(resource.identity()))
                .map(Known::object);
    }

    synchronized Moment now() {
        return new Moment(changes);
    }

    /// Keeps what was read, unless something has changed since the read began.
    synchronized void keep(
            ResourceDeclaration resource, String id, ObjectNode object, Moment readBegan) {
        if (hears && readBegan.changes() == changes) {
            objects.put(id, new Known(resource.identity(), object));
        }
    }

    /// The object is not what it was, or may not be.
    synchronized void changed(String id) {
        changes++;
        objects.invalidate(id);
    }

    /// From now on every change is told.
    synchronized void hears() {
        hears = true;
    }

    /// Changes may go unheard: nothing that is known can be relied on.
    synchronized void isDeaf() {
        hears = false;
        changes++;
        objects.invalidateAll();
    }

    private static int values(JsonNode tree) {
        int values = 1;
        for (JsonNode child : tree) {
            values += values(child);
        }
        return values;
    }
}
