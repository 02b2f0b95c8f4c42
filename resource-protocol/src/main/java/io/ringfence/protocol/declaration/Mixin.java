package io.ringfence.protocol.declaration;

import java.util.List;

/// Attributes that many resources share (`reference/api.md` §0, "Attributes most objects share").
/// `ID`, `namespace`, `createTime` and `updateTime` belong to every resource and need no mixin.
public enum Mixin {
    NAMED(Attribute.text("name").required().longest(256)),
    DESCRIBED(Attribute.text("description").longest(1024)),
    METADATABLE(
            Attribute.texts("associatedTags").longest(512).checkedBy(TagChecks.USER_TAGS),
            Attribute.texts("metadata").longest(512).createOnly().checkedBy(TagChecks.METADATA),
            Attribute.texts("normalizedTags").readOnly()),
    ANNOTATED(Attribute.textsMap("annotations").longest(512)),
    PROTECTED(Attribute.bool("protected")),
    PROPAGATED(Attribute.bool("propagate")),
    DISABLED(Attribute.bool("disabled")),
    FALLBACK(Attribute.bool("fallback")),
    HIDDEN(Attribute.bool("hidden")),
    ARCHIVABLE(Attribute.bool("archived")),
    SCHEDULABLE(Attribute.text("activeSchedule"), Attribute.text("activeDuration"));

    private final List<Attribute> attributes;

    Mixin(Attribute... attributes) {
        this.attributes = List.of(attributes);
    }

    public List<Attribute> attributes() {
        return attributes;
    }

    /// What nearly every resource has.
    public static Mixin[] usual() {
        return new Mixin[] {NAMED, DESCRIBED, METADATABLE, ANNOTATED, PROTECTED};
    }
}
