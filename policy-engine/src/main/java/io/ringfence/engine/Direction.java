package io.ringfence.engine;

/// As seen from the processing unit that is judged.
public enum Direction {
    INCOMING,
    OUTGOING
}
