package io.ringfence.gateway.authorize;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What permissions distinguish. Counting is getting, patching is putting.
public enum Verb {
    GET,
    POST,
    PUT,
    DELETE;

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
    static Optional<Verb> named(String word) {
        String name = word.equals("patch") ? "put" : word;
        return Arrays.stream(values()).filter(verb -> verb.word().equals(name)).findFirst();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
