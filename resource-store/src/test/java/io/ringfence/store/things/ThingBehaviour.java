package io.ringfence.store.things;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.behaviour.Change;
import io.ringfence.protocol.behaviour.ResourceBehaviour;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/// A new thing comes with a ticket that is shown once; one that grows is warned about.
@Singleton
class ThingBehaviour implements ResourceBehaviour {
    static final String WARNING = "Large things are slow";

    /// How many creates got as far as their hook.
    static final AtomicInteger CREATES = new AtomicInteger();

    @Override
    public String identity() {
        return ThingResources.THING;
    }

    @Override
    public Uni<ObjectNode> beforeCreate(Change create) {
        CREATES.incrementAndGet();
        if (create.object().path("color").asText().equals("Green")) {
            create.answerOnly().put("ticket", UUID.randomUUID().toString());
        }
        return Uni.createFrom().item(create.object());
    }

    @Override
    public Uni<ObjectNode> beforeUpdate(Change update) {
        if (update.object().path("size").asInt() > 100) {
            update.say(WARNING);
        }
        return Uni.createFrom().item(update.object());
    }
}
