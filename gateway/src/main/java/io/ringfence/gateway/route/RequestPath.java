package io.ringfence.gateway.route;

import java.util.List;

/// A request's path, known to mean the same to everybody who reads it: no escapes, no dots that
/// climb, no empty segments. `/v/<n>` in front is taken off.
public record RequestPath(List<String> segments) {
    private static final int MAX_CHARACTERS = 1024;

    /// What a path turned out to be.
    sealed interface Reading {
        record Plain(RequestPath path) implements Reading {}

        record Malformed(String reason) implements Reading {}
    }

    public RequestPath {
        segments = List.copyOf(segments);
    }

    /// @param raw as it was sent, still encoded, without the query
    static Reading read(String raw) {
        if (!raw.startsWith("/")) {
            return new Reading.Malformed("The path has to begin with a slash.");
        }
        if (raw.length() > MAX_CHARACTERS) {
            return new Reading.Malformed("The path is longer than 1024 characters.");
        }
        if (!raw.chars().allMatch(RequestPath::isPlain)) {
            return new Reading.Malformed(
                    "A path here consists of letters, digits, and - . _ ~ between slashes; nothing in"
                            + " it is ever encoded.");
        }
        if (raw.equals("/")) {
            return new Reading.Plain(new RequestPath(List.of()));
        }
        String trimmed = raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw;
        List<String> segments = List.of(trimmed.substring(1).split("/", -1));
        if (segments.contains("")) {
            return new Reading.Malformed("The path has an empty segment.");
        }
        if (segments.contains(".") || segments.contains("..")) {
            return new Reading.Malformed("The path has a dot segment.");
        }
        if (segments.getFirst().equals("v")) {
            if (segments.size() < 3 || !segments.get(1).matches("\\d{1,3}")) {
                return new Reading.Malformed("After /v comes a version number and a resource.");
            }
            segments = segments.subList(2, segments.size());
        }
        return new Reading.Plain(new RequestPath(segments));
    }

    int length() {
        return segments.size();
    }

    String segment(int index) {
        return segments.get(index);
    }

    /// As the services receive it.
    @Override
    public String toString() {
        return "/" + String.join("/", segments);
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '/'
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }
}
