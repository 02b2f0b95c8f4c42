package io.ringfence.policy.enforcement;

import java.time.Duration;
import java.util.Optional;

/// Where an enforcer stands with its policy. The order is the one people look at them in.
sealed interface Standing {
    /// @param error why the enforcer did not take the policy
    record Refused(long version, String error) implements Standing {}

    /// Nothing is known of the policy yet.
    record Pending(long version) implements Standing {}

    /// Nothing is known, and nothing is expected for now.
    record Unreachable(long version) implements Standing {}

    /// @param delivery from compiled to acknowledged; nothing if it was not acknowledged when it
    ///   came but found to be held later
    record Enforced(Optional<Duration> delivery) implements Standing {}
}
