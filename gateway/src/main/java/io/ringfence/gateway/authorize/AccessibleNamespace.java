package io.ringfence.gateway.authorize;

/// A namespace in which a caller may do something.
public record AccessibleNamespace(String id, String name) {}
