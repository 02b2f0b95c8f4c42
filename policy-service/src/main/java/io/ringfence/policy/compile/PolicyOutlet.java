package io.ringfence.policy.compile;

import io.ringfence.contracts.policy.PolicySnapshot;

/// Where compiled policies go.
public interface PolicyOutlet {
    /// A policy with console id, version and digest. `announced` is false when this very version
    /// was sent before (by an earlier run), so that it only has to be kept ready.
    void publish(PolicySnapshot policy, boolean announced);

    /// The enforcer is gone, and its policy with it.
    void withdraw(String enforcerId);
}
