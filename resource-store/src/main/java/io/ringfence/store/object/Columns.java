package io.ringfence.store.object;

/// Where an attribute is found in a row.
final class Columns {
    private Columns() {}

    /// Whether the attribute has a column of its own, never null.
    static boolean has(String attribute) {
        return switch (attribute) {
            case "ID", "namespace", "name" -> true;
            default -> false;
        };
    }

    /// The attribute as text; SQL null when the object lacks it. The path must come from a
    /// declaration.
    static String text(String path) {
        return switch (path) {
            case "ID" -> "o.id";
            case "namespace" -> "o.namespace";
            case "name" -> "o.name";
            default -> "(o.body%s)".formatted(arrows(path, "->>"));
        };
    }

    /// The attribute as text, empty where the object lacks it.
    static String textOrEmpty(String path) {
        return has(path) ? text(path) : "coalesce(%s, '')".formatted(text(path));
    }

    /// The attribute as jsonb.
    static String json(String path) {
        return "(o.body%s)".formatted(arrows(path, "->"));
    }

    private static String arrows(String path, String last) {
        if (!path.matches("[A-Za-z][A-Za-z0-9]{0,63}(\\.[A-Za-z][A-Za-z0-9]{0,63}){0,8}")) {
            throw new IllegalArgumentException("An attribute cannot be named " + path);
        }
        int dot = path.lastIndexOf('.');
        String before =
                dot < 0 ? "" : " -> '%s'".formatted(path.substring(0, dot).replace(".", "' -> '"));
        return "%s %s '%s'".formatted(before, last, path.substring(dot + 1));
    }
}
