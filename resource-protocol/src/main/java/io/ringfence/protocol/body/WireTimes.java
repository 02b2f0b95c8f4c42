package io.ringfence.protocol.body;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.declaration.AttributeType;
import io.ringfence.protocol.declaration.Times;
import io.ringfence.protocol.error.Fault;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.msgpack.jackson.dataformat.MessagePackExtensionType;

/// Between trees, where times are texts, and MessagePack, where they are an extension.
final class WireTimes {
    private WireTimes() {}

    /// A copy of an object, or of a list of objects, with its declared times as extensions.
    static JsonNode extended(Collection<Attribute> attributes, JsonNode tree) {
        JsonNode copy = tree.deepCopy();
        extend(attributes, copy);
        return copy;
    }

    private static void extend(Collection<Attribute> attributes, JsonNode tree) {
        if (tree.isArray()) {
            tree.forEach(element -> extend(attributes, element));
        } else if (tree instanceof ObjectNode object) {
            attributes.forEach(attribute -> extend(attribute, object));
        }
    }

    private static void extend(Attribute attribute, ObjectNode object) {
        JsonNode value = object.path(attribute.name());
        switch (attribute.type()) {
            case AttributeType.Time _ when value.isTextual() -> {
                try {
                    object.putPOJO(
                            attribute.name(), TimeExtension.of(Instant.parse(value.textValue())));
                } catch (DateTimeException e) {
                    object.putNull(attribute.name());
                }
            }
            case AttributeType.Nested(List<Attribute> inner) -> extend(inner, value);
            case AttributeType.NestedList(List<Attribute> inner) -> extend(inner, value);
            case AttributeType _ -> {}
        }
    }

    /// The tree itself, with all extensions as texts.
    static JsonNode asTexts(JsonNode tree) {
        return switch (tree) {
            case POJONode extension -> text(extension);
            case ObjectNode object -> {
                for (Map.Entry<String, JsonNode> each : object.properties()) {
                    each.setValue(asTexts(each.getValue()));
                }
                yield object;
            }
            case ArrayNode list -> {
                for (int i = 0; i < list.size(); i++) {
                    list.set(i, asTexts(list.get(i)));
                }
                yield list;
            }
            default -> tree;
        };
    }

    private static JsonNode text(POJONode extension) {
        if (extension.getPojo() instanceof MessagePackExtensionType type) {
            return TextNode.valueOf(
                    TimeExtension.read(type)
                            .map(Times::text)
                            .orElseThrow(() ->
                                    Fault.badRequest(
                                                    "The body has a MessagePack extension that is no time")
                                            .asException()));
        }
        throw Fault.badRequest("The body has a value that is none of JSON's").asException();
    }
}
