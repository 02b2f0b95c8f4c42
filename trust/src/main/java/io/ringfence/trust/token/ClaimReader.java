package io.ringfence.trust.token;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads claims whose JSON may be anything. What does not fit is an [IllegalArgumentException].
public final class ClaimReader {
    private ClaimReader() {}

    public static String text(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("expected a text");
    }

    /// Absent: empty.
    public static Map<String, String> texts(@Nullable Object value) {
        return switch (value) {
            case null -> Map.of();
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .collect(
                                    Collectors.toMap(
                                            entry -> text(entry.getKey()),
                                            entry -> text(entry.getValue())));
            default -> throw new IllegalArgumentException("expected an object");
        };
    }

    /// Absent: empty.
    public static List<String> list(@Nullable Object value) {
        return switch (value) {
            case null -> List.of();
            case List<?> list -> list.stream().map(ClaimReader::text).toList();
            default -> throw new IllegalArgumentException("expected a list");
        };
    }

    /// Absent: 0.
    public static int count(@Nullable Object value) {
        return switch (value) {
            case null -> 0;
            case Number number -> Math.toIntExact(number.longValue());
            default -> throw new IllegalArgumentException("expected a number");
        };
    }

    public static Restrictions restrictions(@Nullable Object value) {
        return switch (value) {
            case null -> Restrictions.NONE;
            case Map<?, ?> map ->
                    new Restrictions(
                            map.get("namespace") == null ? "" : text(map.get("namespace")),
                            list(map.get("perms")),
                            list(map.get("networks")));
            default -> throw new IllegalArgumentException("expected an object");
        };
    }
}
