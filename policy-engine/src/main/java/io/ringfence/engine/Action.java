package io.ringfence.engine;

/// What a rule says.
public enum Action {
    ALLOW,
    REJECT
}
