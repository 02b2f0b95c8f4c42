package io.ringfence.contracts.index;

/// Who answers.
public enum Owner {
    /// A page of the gateway's own.
    GATEWAY,
    IDENTITY,
    POLICY,
    METRICS,
    /// Nobody yet: the permission exists, the path does not.
    NOBODY
}
