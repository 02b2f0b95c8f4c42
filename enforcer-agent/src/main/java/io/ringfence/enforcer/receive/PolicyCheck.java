package io.ringfence.enforcer.receive;

import io.ringfence.contracts.policy.PolicySnapshot;

/// Whether a received policy may be enforced.
public sealed interface PolicyCheck {
    record Genuine(PolicySnapshot policy) implements PolicyCheck {}

    record Refused(String reason) implements PolicyCheck {}
}
