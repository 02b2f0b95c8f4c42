package io.ringfence.protocol.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.declaration.AttributeType;
import java.util.Collection;
import java.util.List;

/// Attributes as JSON schemas (dialect 2020-12, as OpenAPI 3.1 has it).
final class Schemas {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Schemas() {}

    /// A whole object, as it is sent in a create or full update and answered.
    static ObjectNode object(Collection<Attribute> attributes) {
        ObjectNode schema = sparse(attributes);
        ArrayNode required = NODES.arrayNode();
        attributes.stream()
                .filter(each -> each.isRequired() && each.defaultValue().isEmpty())
                .filter(each -> !each.isReadOnly())
                .forEach(each -> required.add(each.name()));
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        ObjectNode properties = (ObjectNode) schema.path("properties");
        attributes.stream()
                .filter(Schemas::isOnTheWire)
                .forEach(each ->
                        each.defaultValue()
                                .ifPresent(value ->
                                        ((ObjectNode) properties.path(each.name()))
                                                .set("default", value)));
        return schema;
    }

    /// Some attributes of an object, as they are sent in a sparse update.
    static ObjectNode sparse(Collection<Attribute> attributes) {
        ObjectNode schema = NODES.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        attributes.stream()
                .filter(Schemas::isOnTheWire)
                .forEach(each -> properties.set(each.name(), of(each)));
        return schema;
    }

    /// What nobody may send and nobody is answered is the console's own business.
    private static boolean isOnTheWire(Attribute attribute) {
        return !(attribute.isSecret() && attribute.isReadOnly());
    }

    private static ObjectNode of(Attribute attribute) {
        ObjectNode schema = typed(attribute);
        if (attribute.isReadOnly()) {
            schema.put("readOnly", true);
        }
        if (attribute.isSecret()) {
            schema.put("writeOnly", true);
        }
        if (attribute.isCreateOnly()) {
            schema.put("x-create-only", true).put("description", "Fixed once the object exists.");
        }
        return schema;
    }

    private static ObjectNode typed(Attribute attribute) {
        return switch (attribute.type()) {
            case AttributeType.Text _ -> type("string").put("maxLength", attribute.longest());
            case AttributeType.Bool _ -> type("boolean");
            case AttributeType.Whole _ -> type("integer").put("format", "int64");
            case AttributeType.Decimal _ -> type("number");
            case AttributeType.Time _ -> type("string").put("format", "date-time");
            case AttributeType.Enumeration(var values) -> enumeration(attribute, values);
            case AttributeType.Texts _ -> list(attribute, type("string"));
            case AttributeType.Expression _ -> list(attribute, arrayOf(type("string")));
            case AttributeType.TextMap _ -> map(attribute, type("string"));
            case AttributeType.TextsMap _ -> map(attribute, arrayOf(type("string")));
            case AttributeType.Nested(List<Attribute> inner) -> object(inner);
            case AttributeType.NestedList(List<Attribute> inner) -> list(attribute, object(inner));
            case AttributeType.Anything _ -> NODES.objectNode();
        };
    }

    /// An attribute that may have no value is answered as an empty text then.
    private static ObjectNode enumeration(Attribute attribute, Collection<String> values) {
        ObjectNode schema = type("string");
        ArrayNode allowed = schema.putArray("enum");
        values.forEach(allowed::add);
        if (!attribute.isRequired() && attribute.defaultValue().isEmpty()) {
            allowed.add("");
        }
        return schema;
    }

    private static ObjectNode list(Attribute attribute, ObjectNode element) {
        return arrayOf(element).put("maxItems", attribute.longest());
    }

    private static ObjectNode arrayOf(ObjectNode element) {
        return type("array").set("items", element);
    }

    private static ObjectNode map(Attribute attribute, ObjectNode element) {
        return type("object")
                .put("maxProperties", attribute.longest())
                .set("additionalProperties", element);
    }

    private static ObjectNode type(String name) {
        return NODES.objectNode().put("type", name);
    }
}
