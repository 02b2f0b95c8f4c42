package io.ringfence.policy.compile;

import io.ringfence.contracts.policy.PeerDirectory;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.engine.directory.TenantDirectory;

/// Where compiled policies go, and the directories they are read with.
public interface PolicyOutlet {
    /// A policy with console id, version and digest. `announced` is false when this very version
    /// was sent before (by an earlier run, or by another instance), so that it only has to be kept
    /// ready.
    void publish(PolicySnapshot policy, boolean announced);

    /// A change with console id, tenant and version, or, where nothing is changed, what stands: an
    /// earlier run may have ended before it said so.
    ///
    /// @param directory what it leads to
    void publish(PeerDirectory change, TenantDirectory directory);

    /// The directory as this instance numbers it; another one sends it.
    ///
    /// @param compiledAtMillis since when it stands
    void keep(String tenant, TenantDirectory directory, long version, long compiledAtMillis);

    /// Another instance sends what becomes of the enforcer's policy; this one's copy is old.
    void release(String enforcerId);

    /// The enforcer is gone, and its policy with it.
    void withdraw(String enforcerId);
}
