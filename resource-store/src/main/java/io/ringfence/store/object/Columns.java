package io.ringfence.store.object;

/// Where an attribute is found in a row.
final class Columns {
    private Columns() {}

    /// The attribute as text; SQL null when the object lacks it. The name must come from a
    /// declaration.
    static String text(String attribute) {
        return switch (attribute) {
            case "ID" -> "o.id";
            case "namespace" -> "o.namespace";
            case "name" -> "o.name";
            default -> "(o.body ->> '%s')".formatted(checked(attribute));
        };
    }

    /// The attribute as jsonb.
    static String json(String attribute) {
        return "(o.body -> '%s')".formatted(checked(attribute));
    }

    private static String checked(String attribute) {
        if (!attribute.matches("[A-Za-z][A-Za-z0-9]{0,63}")) {
            throw new IllegalArgumentException("An attribute cannot be named " + attribute);
        }
        return attribute;
    }
}
