package io.ringfence.protocol.declaration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.ringfence.protocol.error.Fault;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Checks one attribute's value, nested ones included. Faults name the outermost attribute; where
/// in it stands in the sentence.
final class ValueCheck {
    private final String attribute;
    private final List<Fault> faults;

    ValueCheck(String attribute, List<Fault> faults) {
        this.attribute = attribute;
        this.faults = faults;
    }

    /// The value to store, or nothing: no value, or a fault was added.
    Optional<JsonNode> accept(Attribute declared, String path, JsonNode sent) {
        if (!sent.isMissingNode() && !sent.isNull() && !fits(declared.type(), sent)) {
            fault(path, "must be " + described(declared.type()));
            return Optional.empty();
        }
        if (Zero.is(sent)) {
            return zero(declared, path, sent);
        }
        return checked(declared, path, sent);
    }

    private Optional<JsonNode> zero(Attribute declared, String path, JsonNode sent) {
        // A false or 0 that was sent on purpose is a value; only silence takes the default.
        boolean silent = sent.isMissingNode() || sent.isNull() || sent.isTextual();
        if (silent && declared.defaultValue().isPresent()) {
            return declared.defaultValue();
        }
        if (declared.isRequired()) {
            fault(path, "is required");
        }
        return Zero.of(declared.type());
    }

    private Optional<JsonNode> checked(Attribute declared, String path, JsonNode sent) {
        int before = faults.size();
        JsonNode value =
                switch (declared.type()) {
                    case AttributeType.Time _ -> time(path, sent);
                    case AttributeType.Nested(List<Attribute> inner) -> nested(inner, path, sent);
                    case AttributeType.NestedList(List<Attribute> inner) ->
                            nestedList(declared, inner, path, sent);
                    case AttributeType.Enumeration(var values) -> {
                        if (!values.contains(sent.textValue())) {
                            fault(path, "must be one of " + String.join(", ", values));
                        }
                        yield sent;
                    }
                    case AttributeType _ -> {
                        bounded(declared, path, sent);
                        yield sent;
                    }
                };
        if (faults.size() == before) {
            storable(path, sent);
        }
        if (faults.size() == before) {
            declared.check().problem(value).ifPresent(sentence -> fault(path, sentence));
        }
        return faults.size() == before ? Optional.of(value) : Optional.empty();
    }

    private JsonNode time(String path, JsonNode sent) {
        Optional<String> time = Times.normalized(sent.textValue());
        if (time.isEmpty()) {
            fault(path, "must be a time as in RFC 3339, such as 2021-04-07T10:00:00Z");
        }
        return TextNode.valueOf(time.orElse(""));
    }

    private JsonNode nested(List<Attribute> inner, String path, JsonNode sent) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Attribute each : inner) {
            String name = path + "." + each.name();
            JsonNode value = sent.path(each.name());
            if (each.isReadOnly()) {
                // What the console fills in may come back as it was answered.
                Zero.of(each.type()).ifPresent(zero -> object.set(each.name(), zero));
            } else {
                accept(each, name, value).ifPresent(fine -> object.set(each.name(), fine));
            }
        }
        sent.fieldNames()
                .forEachRemaining(name -> {
                    if (inner.stream().noneMatch(each -> each.name().equals(name))
                            && !Zero.is(sent.path(name))) {
                        fault(path, "has no attribute '%s'".formatted(shown(name)));
                    }
                });
        return object;
    }

    private JsonNode nestedList(
            Attribute declared, List<Attribute> inner, String path, JsonNode sent) {
        bounded(declared, path, sent);
        var list = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < sent.size() && i < declared.longest(); i++) {
            list.add(nested(inner, "%s[%d]".formatted(path, i), sent.get(i)));
        }
        return list;
    }

    private void bounded(Attribute declared, String path, JsonNode sent) {
        if (sent.isTextual()) {
            String text = sent.textValue();
            if (text.codePointCount(0, text.length()) > declared.longest()) {
                fault(path, "is longer than %d characters".formatted(declared.longest()));
            }
        } else if (sent.isContainerNode() && sent.size() > declared.longest()) {
            fault(path, "has more than %d elements".formatted(declared.longest()));
        }
    }

    /// PostgreSQL's jsonb holds neither U+0000 nor half a surrogate pair.
    private void storable(String path, JsonNode value) {
        if (value.isTextual() && !storable(value.textValue())) {
            fault(path, "contains a character that is not text");
        } else if (value.isContainerNode()) {
            value.fieldNames()
                    .forEachRemaining(name -> {
                        if (!storable(name)) {
                            fault(path, "contains a character that is not text");
                        }
                    });
            value.forEach(element -> storable(path, element));
        }
    }

    private static boolean storable(String text) {
        return text.codePoints()
                .noneMatch(point -> point == 0 || (point >= 0xD800 && point <= 0xDFFF));
    }

    private static boolean fits(AttributeType type, JsonNode value) {
        return switch (type) {
            case AttributeType.Text _, AttributeType.Enumeration _, AttributeType.Time _ ->
                    value.isTextual();
            case AttributeType.Bool _ -> value.isBoolean();
            case AttributeType.Whole _ -> value.isIntegralNumber() && value.canConvertToLong();
            case AttributeType.Decimal _ -> value.isNumber();
            case AttributeType.Texts _ -> isListOf(value, JsonNode::isTextual);
            case AttributeType.Expression _ ->
                    isListOf(value, clause -> isListOf(clause, JsonNode::isTextual));
            case AttributeType.TextMap _ -> isMapOf(value, JsonNode::isTextual);
            case AttributeType.TextsMap _ ->
                    isMapOf(value, texts -> texts.isNull() || isListOf(texts, JsonNode::isTextual));
            case AttributeType.Nested _ -> value.isObject();
            case AttributeType.NestedList _ -> isListOf(value, JsonNode::isObject);
            case AttributeType.Anything _ -> true;
        };
    }

    private static boolean isListOf(JsonNode value, Predicate<JsonNode> element) {
        return value.isArray() && value.valueStream().allMatch(element);
    }

    private static boolean isMapOf(JsonNode value, Predicate<JsonNode> element) {
        return value.isObject() && value.valueStream().allMatch(element);
    }

    private static String described(AttributeType type) {
        return switch (type) {
            case AttributeType.Text _, AttributeType.Enumeration _ -> "a text";
            case AttributeType.Time _ -> "a time as in RFC 3339, such as 2021-04-07T10:00:00Z";
            case AttributeType.Bool _ -> "true or false";
            case AttributeType.Whole _ -> "a whole number";
            case AttributeType.Decimal _ -> "a number";
            case AttributeType.Texts _ -> "a list of texts";
            case AttributeType.Expression _ -> "a list of lists of tags";
            case AttributeType.TextMap _ -> "a map of texts";
            case AttributeType.TextsMap _ -> "a map of lists of texts";
            case AttributeType.Nested _ -> "an object";
            case AttributeType.NestedList _ -> "a list of objects";
            case AttributeType.Anything _ -> "any value";
        };
    }

    private void fault(String path, String sentence) {
        faults.add(Fault.invalid(attribute, "Attribute '%s' %s".formatted(path, sentence)));
    }

    private static String shown(String name) {
        return name.length() <= 80 ? name : name.substring(0, 80) + "…";
    }
}
