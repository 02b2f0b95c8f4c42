package io.ringfence.protocol.declaration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;

/// Keeps secret attributes, nested ones too, from whatever leaves the service.
final class Secrets {
    private Secrets() {}

    static boolean areIn(Collection<Attribute> attributes) {
        // Asked for every answer, so without a stream.
        for (Attribute attribute : attributes) {
            if (attribute.isSecret() || areIn(attribute.inner())) {
                return true;
            }
        }
        return false;
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
                hide(attribute.inner(), nested);
            } else if (value.isArray()) {
                for (JsonNode element : value) {
                    if (element instanceof ObjectNode nested) {
                        hide(attribute.inner(), nested);
                    }
                }
            }
        }
    }
}
