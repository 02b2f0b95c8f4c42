package io.ringfence.store.object;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import org.junit.jupiter.api.Test;

class ObjectCacheTest {
    private static final ResourceDeclaration THING =
            ResourceDeclaration.resource("thing", "things").build();
    private static final ResourceDeclaration BOX =
            ResourceDeclaration.resource("box", "boxes").build();

    private final ObjectCache cache = new ObjectCache();
    private final ObjectNode object = JsonNodeFactory.instance.objectNode().put("ID", "1");

    @Test
    void knowsNothingBeforeItHears() {
        cache.keep(THING, "1", object, cache.now());
        assertThat(cache.get(THING, "1")).isEmpty();
    }

    @Test
    void knowsWhatWasRead() {
        cache.hears();
        cache.keep(THING, "1", object, cache.now());
        assertThat(cache.get(THING, "1")).containsSame(object);
        assertThat(cache.get(BOX, "1")).as("as something else").isEmpty();
    }

    @Test
    void forgetsWhatChanged() {
        cache.hears();
        cache.keep(THING, "1", object, cache.now());
        cache.changed("1");
        assertThat(cache.get(THING, "1")).isEmpty();
    }

    @Test
    void keepsNothingThatWasReadBeforeAChange() {
        cache.hears();
        ObjectCache.Moment began = cache.now();
        cache.changed("1");
        cache.keep(THING, "1", object, began);
        assertThat(cache.get(THING, "1")).isEmpty();
    }

    @Test
    void forgetsEverythingWhenItNoLongerHears() {
        cache.hears();
        ObjectCache.Moment began = cache.now();
        cache.keep(THING, "1", object, began);
        cache.isDeaf();
        assertThat(cache.get(THING, "1")).isEmpty();
        cache.hears();
        cache.keep(THING, "1", object, began);
        assertThat(cache.get(THING, "1")).as("read while it did not hear").isEmpty();
    }
}
