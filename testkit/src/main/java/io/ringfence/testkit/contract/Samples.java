package io.ringfence.testkit.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.declaration.AttributeType;
import java.util.Optional;

/// Values made from what is declared about an attribute.
final class Samples {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Samples() {}

    /// A value of another type; nothing if every type is right.
    static Optional<JsonNode> ofWrongType(AttributeType type) {
        return Optional.ofNullable(
                switch (type) {
                    case AttributeType.Text _, AttributeType.Enumeration _, AttributeType.Time _ ->
                            LongNode.valueOf(7);
                    case AttributeType.Bool _,
                            AttributeType.Whole _,
                            AttributeType.Decimal _,
                            AttributeType.Texts _,
                            AttributeType.Nested _ ->
                            TextNode.valueOf("a text");
                    case AttributeType.Expression _,
                            AttributeType.TextMap _,
                            AttributeType.NestedList _ ->
                            NODES.arrayNode().add("a text");
                    case AttributeType.TextsMap _ -> NODES.objectNode().put("a", "text");
                    case AttributeType.Anything _ -> null;
                });
    }

    /// A value one too long; nothing for types without length.
    static Optional<JsonNode> tooLong(Attribute attribute) {
        int length = attribute.longest() + 1;
        return Optional.ofNullable(
                switch (attribute.type()) {
                    case AttributeType.Text _ -> TextNode.valueOf("x".repeat(length));
                    case AttributeType.Texts _ -> list(length, TextNode.valueOf("a=b"));
                    case AttributeType.Expression _ -> list(length, NODES.arrayNode().add("a=b"));
                    case AttributeType.NestedList _ -> list(length, NODES.objectNode());
                    case AttributeType.TextMap _ -> map(length, TextNode.valueOf("b"));
                    case AttributeType.TextsMap _ -> map(length, NODES.arrayNode().add("b"));
                    case AttributeType.Bool _,
                            AttributeType.Whole _,
                            AttributeType.Decimal _,
                            AttributeType.Time _,
                            AttributeType.Enumeration _,
                            AttributeType.Nested _,
                            AttributeType.Anything _ ->
                            null;
                });
    }

    /// A value that is neither zero nor this one.
    static JsonNode otherThan(Attribute attribute, JsonNode value) {
        return switch (attribute.type()) {
            case AttributeType.Text _ -> TextNode.valueOf(value.asText("") + "x");
            case AttributeType.Bool _ -> BooleanNode.TRUE;
            case AttributeType.Whole _, AttributeType.Decimal _ ->
                    LongNode.valueOf(value.asLong() + 1);
            case AttributeType.Time _ -> TextNode.valueOf("2021-04-07T10:00:00Z");
            case AttributeType.Enumeration(var values) ->
                    TextNode.valueOf(
                            values.stream()
                                    .filter(each -> !each.equals(value.asText()))
                                    .findFirst()
                                    .orElseThrow());
            case AttributeType.Texts _ -> NODES.arrayNode().add("@other=text");
            case AttributeType.Expression _ -> list(1, NODES.arrayNode().add("other=text"));
            case AttributeType.TextMap _ -> NODES.objectNode().put("other", "text");
            case AttributeType.TextsMap _ -> map(1, NODES.arrayNode().add("other"));
            case AttributeType.Nested _, AttributeType.Anything _ ->
                    NODES.objectNode().put("other", true);
            case AttributeType.NestedList _ -> list(1, NODES.objectNode().put("other", true));
        };
    }

    private static ArrayNode list(int size, JsonNode element) {
        ArrayNode list = NODES.arrayNode();
        for (int i = 0; i < size; i++) {
            list.add(element);
        }
        return list;
    }

    private static ObjectNode map(int size, JsonNode value) {
        ObjectNode map = NODES.objectNode();
        for (int i = 0; i < size; i++) {
            map.set("k" + i, value);
        }
        return map;
    }
}
