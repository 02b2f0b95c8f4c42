package io.ringfence.enforcer.dataplane;

/// Seen from the processing unit: a connection towards it, or one that it opened.
public enum Direction {
    INCOMING,
    OUTGOING
}
