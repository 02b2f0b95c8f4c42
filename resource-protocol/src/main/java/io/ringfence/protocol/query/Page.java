package io.ringfence.protocol.query;

/// Which part of a list.
public sealed interface Page {
    record Everything() implements Page {}

    /// Pages counted from 1, in any order of objects.
    record Numbered(int page, int size) implements Page {}

    /// Up to `limit` objects behind the given cursor (the answer's `X-Next`); an empty cursor
    /// starts at the front.
    record After(String cursor, int limit) implements Page {}
}
