package io.ringfence.enforcer.receive;

import io.ringfence.contracts.policy.PolicySnapshot;
import java.util.Optional;

/// Where a verified policy takes effect.
@FunctionalInterface
public interface PolicyTarget {
    /// Returns when the policy is enforced.
    ///
    /// @return why it is not; what was enforced before still is, then
    Optional<String> enforce(PolicySnapshot policy);
}
