package io.ringfence.contracts.permission;

import java.util.Locale;
import java.util.Optional;

/// What permissions distinguish. Counting is getting, patching is putting.
public enum Verb {
    GET,
    POST,
    PUT,
    DELETE;

    private final String word = name().toLowerCase(Locale.ROOT);

    /// Of an HTTP method; empty for one that no resource has.
    public static Optional<Verb> ofMethod(String method) {
        return switch (method) {
            case "GET", "HEAD" -> Optional.of(GET);
            case "POST" -> Optional.of(POST);
            case "PUT", "PATCH" -> Optional.of(PUT);
            case "DELETE" -> Optional.of(DELETE);
            default -> Optional.empty();
        };
    }

    /// As it stands in a permission: lower case; `patch` is accepted for `put`.
    public static Optional<Verb> named(String word) {
        return switch (word) {
            case "get" -> Optional.of(GET);
            case "post" -> Optional.of(POST);
            case "put", "patch" -> Optional.of(PUT);
            case "delete" -> Optional.of(DELETE);
            default -> Optional.empty();
        };
    }

    public String word() {
        return word;
    }
}
