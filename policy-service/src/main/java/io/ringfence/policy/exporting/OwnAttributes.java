package io.ringfence.policy.exporting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import java.util.Collection;

/// What of a stored object its author wrote.
final class OwnAttributes {
    private OwnAttributes() {}

    static ObjectNode of(ResourceDeclaration resource, ObjectNode stored) {
        return of(resource.attributes().values(), stored);
    }

    private static ObjectNode of(Collection<Attribute> attributes, JsonNode stored) {
        ObjectNode own = JsonNodeFactory.instance.objectNode();
        for (Attribute attribute : attributes) {
            JsonNode value = stored.path(attribute.name());
            if (!attribute.isReadOnly() && !attribute.isSecret() && isSaid(attribute, value)) {
                own.set(attribute.name(), within(attribute, value));
            }
        }
        return own;
    }

    /// What is required is said also where it is the default.
    private static boolean isSaid(Attribute attribute, JsonNode value) {
        return !value.isMissingNode() && (attribute.isRequired() || !attribute.isSilent(value));
    }

    private static JsonNode within(Attribute attribute, JsonNode value) {
        if (attribute.inner().isEmpty()) {
            return value;
        }
        if (value.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            value.forEach(each -> list.add(of(attribute.inner(), each)));
            return list;
        }
        ObjectNode own = of(attribute.inner(), value);
        // An object of defaults is not the same as none, and an empty one would be none.
        return own.isEmpty() ? value : own;
    }
}
