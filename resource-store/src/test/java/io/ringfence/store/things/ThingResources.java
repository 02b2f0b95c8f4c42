package io.ringfence.store.things;

import static io.ringfence.protocol.declaration.Attribute.anything;
import static io.ringfence.protocol.declaration.Attribute.bool;
import static io.ringfence.protocol.declaration.Attribute.decimal;
import static io.ringfence.protocol.declaration.Attribute.enumeration;
import static io.ringfence.protocol.declaration.Attribute.expression;
import static io.ringfence.protocol.declaration.Attribute.nested;
import static io.ringfence.protocol.declaration.Attribute.nestedList;
import static io.ringfence.protocol.declaration.Attribute.text;
import static io.ringfence.protocol.declaration.Attribute.textMap;
import static io.ringfence.protocol.declaration.Attribute.texts;
import static io.ringfence.protocol.declaration.Attribute.time;
import static io.ringfence.protocol.declaration.Attribute.whole;
import static io.ringfence.protocol.declaration.ResourceDeclaration.resource;

import io.ringfence.contracts.topic.Topic;
import io.ringfence.protocol.declaration.Mixin;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Things have everything; boxes are deprecated and hold things.
@ApplicationScoped
class ThingResources {
    static final String THING = "thing";
    static final String BOX = "box";
    static final String DEPRECATED = "Boxes are deprecated; use bags";

    @Produces
    @Singleton
    static ResourceDeclaration things() {
        return resource(THING, "things")
                .aliases("thingies")
                .with(Mixin.usual())
                .with(Mixin.PROPAGATED, Mixin.ARCHIVABLE, Mixin.DISABLED)
                .attribute(enumeration("color", "Red", "Green").defaultsTo("Red"))
                .attribute(text("box"))
                .attribute(text("shape").createOnly().longest(8))
                .attribute(whole("size"))
                .attribute(decimal("weight"))
                .attribute(time("due"))
                .attribute(bool("heavy"))
                .attribute(texts("labels").longest(10))
                .attribute(expression("subject"))
                .attribute(textMap("info"))
                .attribute(nested("lock", text("kind"), time("since"), text("code").secret()))
                .attribute(nestedList("parts", text("kind").required(), whole("count")))
                .attribute(anything("raw"))
                .attribute(text("password").secret())
                .attribute(text("ticket").readOnly())
                .attribute(time("seen").quiet())
                .announcedOn(Topic.EXTERNAL_NETWORK_CHANGED)
                .build();
    }

    @Produces
    @Singleton
    static ResourceDeclaration boxes() {
        return resource(BOX, "boxes")
                .with(Mixin.usual())
                .with(Mixin.PROPAGATED)
                .answeringWith(DEPRECATED)
                .uniqueName()
                .build();
    }
}
