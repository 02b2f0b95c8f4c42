package io.ringfence.store.object;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Values of a statement, in the order of their placeholders.
final class Parameters {
    private final List<Object> values = new ArrayList<>();

    /// The placeholder for the value. Texts are cast, since PostgreSQL cannot see the type of a
    /// bare placeholder everywhere.
    String add(Object value) {
        if (value instanceof Instant time) {
            return "cast(%s as timestamptz)".formatted(add(time.toString()));
        }
        values.add(value);
        String placeholder = "?" + values.size();
        return switch (value) {
            case String _ -> "cast(%s as text)".formatted(placeholder);
            case String[] _ -> "cast(%s as text[])".formatted(placeholder);
            case Double _ -> "cast(%s as float8)".formatted(placeholder);
            case Boolean _ -> "cast(%s as boolean)".formatted(placeholder);
            case Long _ -> "cast(%s as bigint)".formatted(placeholder);
            default -> placeholder;
        };
    }

    String addNullable(byte @Nullable [] value) {
        return value == null ? "cast(null as bytea)" : "cast(%s as bytea)".formatted(add(value));
    }

    String addNullable(@Nullable String value) {
        return value == null ? "cast(null as text)" : add(value);
    }

    List<Object> values() {
        return values;
    }
}
