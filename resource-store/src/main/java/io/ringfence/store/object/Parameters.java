package io.ringfence.store.object;

import io.vertx.core.buffer.Buffer;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Values of a statement, in the order of their placeholders, as the driver takes them.
final class Parameters {
    private final List<Object> values = new ArrayList<>();

    /// The placeholder for the value. Texts are cast, since PostgreSQL cannot see the type of a
    /// bare placeholder everywhere.
    String add(Object value) {
        values.add(value);
        String placeholder = "$" + values.size();
        return switch (value) {
            case String _ -> "cast(%s as text)".formatted(placeholder);
            case String[] _ -> "cast(%s as text[])".formatted(placeholder);
            case Double _ -> "cast(%s as float8)".formatted(placeholder);
            case Boolean _ -> "cast(%s as boolean)".formatted(placeholder);
            case Long _ -> "cast(%s as bigint)".formatted(placeholder);
            case OffsetDateTime _ -> "cast(%s as timestamptz)".formatted(placeholder);
            default -> placeholder;
        };
    }

    String addNullable(@Nullable String value) {
        return value == null ? "cast(null as text)" : add(value);
    }

    String addNullable(byte @Nullable [] value) {
        return value == null
                ? "cast(null as bytea)"
                : "cast(%s as bytea)".formatted(add(Buffer.buffer(value)));
    }

    List<Object> values() {
        return values;
    }
}
