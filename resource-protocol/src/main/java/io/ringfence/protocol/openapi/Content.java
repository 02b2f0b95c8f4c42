package io.ringfence.protocol.openapi;

import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// What a body of an operation holds.
public sealed interface Content {
    record Nothing() implements Content {}

    /// JSON or MessagePack.
    ///
    /// @param name under which the document keeps the schema; everybody who uses a name means the
    ///   same attributes
    record ObjectOf(String name, List<Attribute> attributes) implements Content {}

    /// A list of such objects.
    record ListOf(String name, List<Attribute> attributes) implements Content {}

    /// JSON or MessagePack whose shape is not of our making.
    record AnyObject() implements Content {}

    /// Something in one form of its own.
    record Other(String mediaType) implements Content {}

    static Content object(String name, Attribute... attributes) {
        return new ObjectOf(name, List.of(attributes));
    }

    static Content list(String name, Attribute... attributes) {
        return new ListOf(name, List.of(attributes));
    }

    /// A body that is checked as a resource is, without what only stored objects have.
    static Content object(ResourceDeclaration body) {
        return new ObjectOf(body.identity(), withoutStored(body.attributes().values()));
    }

    /// One object of a declared resource.
    static Content resource(ResourceDeclaration resource) {
        return new ObjectOf(resource.identity(), List.copyOf(resource.attributes().values()));
    }

    private static List<Attribute> withoutStored(Collection<Attribute> attributes) {
        Set<String> stored =
                Set.of(
                        "ID",
                        "namespace",
                        "createTime",
                        "updateTime",
                        "createIdempotencyKey",
                        "updateIdempotencyKey");
        return attributes.stream().filter(each -> !stored.contains(each.name())).toList();
    }
}
