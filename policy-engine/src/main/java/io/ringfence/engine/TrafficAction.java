package io.ringfence.engine;

/// What a namespace does with traffic no rule speaks about. `INHERIT` asks the namespace above; at
/// the root it means reject.
public enum TrafficAction {
    ALLOW,
    REJECT,
    INHERIT
}
