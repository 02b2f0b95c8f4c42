package io.ringfence.testkit.contract;

import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.declaration.AttributeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What one attribute was in 5.0.
///
/// @param type `enumeration RSA,EC,None`, `nestedList networkrule`, `text`
/// @param deviation why ours is not the same; empty: it has to be
record Fact(
        String resource,
        String attribute,
        String type,
        String defaultValue,
        Set<String> flags,
        String deviation) {

    static Fact parse(String line) {
        List<String> cells = new ArrayList<>(List.of(line.split(" *\\| *", 6)));
        while (cells.size() < 6) {
            cells.add("");
        }
        return new Fact(
                cells.get(0),
                cells.get(1),
                cells.get(2),
                cells.get(3),
                flags(cells.get(4)),
                cells.get(5));
    }

    private static Set<String> flags(String cell) {
        Set<String> flags = new TreeSet<>(List.of(cell.strip().split(" ")));
        flags.remove("");
        return flags;
    }

    boolean mayBeLeftOut() {
        return deviation.startsWith("left out: ");
    }

    boolean mayDiffer() {
        return deviation.startsWith("differs: ");
    }

    /// Of nested objects, the resource that describes them.
    String inner() {
        return type.startsWith("nested") ? type.substring(type.indexOf(' ') + 1) : "";
    }

    /// The declaration in the same words.
    static Fact of(Attribute attribute, Fact expected) {
        Set<String> flags = new TreeSet<>();
        if (attribute.isRequired()) {
            flags.add("required");
        }
        if (attribute.isReadOnly()) {
            flags.add("read-only");
        }
        if (attribute.isCreateOnly()) {
            flags.add("create-only");
        }
        return new Fact(
                expected.resource(),
                attribute.name(),
                type(attribute.type(), expected),
                attribute.defaultValue().map(value -> value.asText()).orElse(""),
                flags,
                expected.deviation());
    }

    private static String type(AttributeType type, Fact expected) {
        return switch (type) {
            case AttributeType.Text _ -> "text";
            case AttributeType.Bool _ -> "bool";
            case AttributeType.Whole _ -> "whole";
            case AttributeType.Decimal _ -> "decimal";
            case AttributeType.Time _ -> "time";
            case AttributeType.Enumeration(Set<String> values) -> enumeration(values, expected);
            case AttributeType.Texts _ -> "texts";
            case AttributeType.Expression _ -> "expression";
            case AttributeType.TextMap _ -> "textMap";
            case AttributeType.TextsMap _ -> "textsMap";
            case AttributeType.Nested _ -> "nested " + expected.inner();
            case AttributeType.NestedList _ -> "nestedList " + expected.inner();
            case AttributeType.Anything _ -> "anything";
        };
    }

    /// The order of values is nobody's business.
    private static String enumeration(Set<String> values, Fact expected) {
        String before = expected.type().replace("enumeration ", "");
        return values.equals(Set.of(before.split(",")))
                ? expected.type()
                : "enumeration " + String.join(",", values);
    }
}
