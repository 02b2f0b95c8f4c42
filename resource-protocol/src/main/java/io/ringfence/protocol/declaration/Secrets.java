package io.ringfence.protocol.declaration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;

/// Keeps secret attributes, nested ones too, from whatever leaves the service.
final class Secrets {
    private Secrets() {}

    static boolean areIn(Collection<Attribute> attributes) {
        return attributes.stream().anyMatch(each -> each.isSecret() || areIn(inner(each)));
    }

    /// A copy in which secrets have their type's zero, or, where that is absence, are left out.
    static ObjectNode hidden(Collection<Attribute> attributes, ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        hide(attributes, copy);
        return copy;
    }

    private static void hide(Collection<Attribute> attributes, ObjectNode object) {
        for (Attribute attribute : attributes) {
            JsonNode value = object.path(attribute.name());
            if (value.isMissingNode()) {
                continue;
            }
            if (attribute.isSecret()) {
                object.remove(attribute.name());
                Zero.of(attribute.type()).ifPresent(zero -> object.set(attribute.name(), zero));
            } else if (value instanceof ObjectNode nested) {
                hide(inner(attribute), nested);
            } else if (value.isArray()) {
                for (JsonNode element : value) {
                    if (element instanceof ObjectNode nested) {
                        hide(inner(attribute), nested);
                    }
                }
            }
        }
    }

    private static List<Attribute> inner(Attribute attribute) {
        return switch (attribute.type()) {
            case AttributeType.Nested(List<Attribute> inner) -> inner;
            case AttributeType.NestedList(List<Attribute> inner) -> inner;
            case AttributeType _ -> List.of();
        };
    }
}
