package io.ringfence.gateway.route;

import java.util.List;

/// A request's path, known to mean the same to everybody who reads it: no escapes, no dots that
/// climb, no empty segments. `/v/<n>` in front is taken off.
///
/// @param text as the services receive it
public record RequestPath(String text, List<String> segments) {
    private static final int MAX_CHARACTERS = 1024;

    /// What a path turned out to be.
    sealed interface Reading {
        record Plain(RequestPath path) implements Reading {}

        record Malformed(String reason) implements Reading {}
    }

    public RequestPath {
        segments = List.copyOf(segments);
    }

    RequestPath(List<String> segments) {
        this("/" + String.join("/", segments), segments);
    }

    /// @param raw as it was sent, still encoded, without the query
    static Reading read(String raw) {
        if (!raw.startsWith("/")) {
            return new Reading.Malformed("The path has to begin with a slash.");
        }
        if (raw.length() > MAX_CHARACTERS) {
            return new Reading.Malformed("The path is longer than 1024 characters.");
        }
        if (!isPlain(raw)) {
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
            return new Reading.Plain(new RequestPath(segments.subList(2, segments.size())));
        }
        return new Reading.Plain(new RequestPath(trimmed, segments));
    }

    int length() {
        return segments.size();
    }

    String segment(int index) {
        return segments.get(index);
    }

    @Override
    public String toString() {
        return text;
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPlain(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char c) {
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
