package io.ringfence.enforcer.dataplane;

import io.ringfence.contracts.policy.PolicySnapshot;

/// Where a policy is enforced. Calls are serialized; closing leaves everything enforced as it is.
public interface Dataplane extends AutoCloseable {
    /// Enforces `policy` in place of what was enforced before, atomically: no packet meets half of
    /// it. Returns when new connections are judged by it and open ones that it rejects are cut.
    Applied apply(PolicySnapshot policy, Bypass bypass) throws DataplaneException;

    /// Enforces another form of the policy that was applied last: the same, but for whole addresses
    /// that came, went, or changed their class, and for other classes and decisions. Returns when
    /// new connections are judged by it. Open ones stay as they were judged.
    void adjust(PolicySnapshot policy) throws DataplaneException;

    /// After a restart: if the kernel still enforces exactly this policy, in the policy's own
    /// numbers, what it logs under it can be understood from here on. Changes nothing.
    ///
    /// @return whether it does
    boolean adopt(PolicySnapshot policy) throws DataplaneException;

    /// Reads the kernel's counters; also before the first `apply` if an earlier enforcer left its
    /// table. Fails when there is no table.
    Counters readCounters() throws DataplaneException;

    /// Removes every rule, set and counter that any enforcer made here. Nothing is enforced
    /// afterwards.
    void remove() throws DataplaneException;

    @Override
    void close();
}
