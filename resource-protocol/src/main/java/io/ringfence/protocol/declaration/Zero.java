package io.ringfence.protocol.declaration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;
import java.util.regex.Pattern;

/// Zero values as the 5.0 clients send and expect them: a create names every attribute, most of
/// them with these.
final class Zero {
    /// Go's zero time, with or without a fraction of the second.
    private static final Pattern TIME = Pattern.compile("0001-01-01T00:00:00(\\.0+)?Z");

    private Zero() {}

    static boolean is(JsonNode value) {
        return switch (value.getNodeType()) {
            case MISSING, NULL -> true;
            case STRING -> isZero(value.textValue());
            case BOOLEAN -> !value.booleanValue();
            case NUMBER -> value.doubleValue() == 0;
            case ARRAY, OBJECT -> value.isEmpty();
            case BINARY, POJO -> false;
        };
    }

    private static boolean isZero(String text) {
        return text.isEmpty() || (text.startsWith("0001") && TIME.matcher(text).matches());
    }

    /// What an attribute without a value is answered as; nothing: the attribute is left out.
    static Optional<JsonNode> of(AttributeType type) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (type) {
            case AttributeType.Text _, AttributeType.Enumeration _ ->
                    Optional.of(TextNode.valueOf(""));
            case AttributeType.Bool _ -> Optional.of(BooleanNode.FALSE);
            case AttributeType.Whole _, AttributeType.Decimal _ -> Optional.of(IntNode.valueOf(0));
            case AttributeType.Texts _, AttributeType.Expression _, AttributeType.NestedList _ ->
                    Optional.of(nodes.arrayNode());
            case AttributeType.TextMap _, AttributeType.TextsMap _ ->
                    Optional.of(nodes.objectNode());
            case AttributeType.Time _, AttributeType.Nested _, AttributeType.Anything _ ->
                    Optional.empty();
        };
    }
}
