package io.ringfence.flowingest.write;

/// One label of a series.
public record Label(String name, String value) {}
