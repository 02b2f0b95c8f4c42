package io.ringfence.enforcer.receive;

import java.util.Optional;

/// Where a verified policy takes effect.
@FunctionalInterface
public interface PolicyTarget {
    /// Returns when the policy is enforced, read with its directories.
    ///
    /// @return why it is not; what was enforced before still is, then
    Optional<String> enforce(CompletePolicy policy);
}
