package io.ringfence.enforcer.dataplane;

import io.ringfence.contracts.policy.PolicySnapshot;

/// Enforces in the network namespace of the calling thread, through nftables.
public final class NftablesDataplane implements Dataplane {
    private final Generations generations;

    /// @param generations learns which policy each generation number stands for; share it with the
    ///   observer
    public NftablesDataplane(Generations generations) {
        this.generations = generations;
    }

    @Override
    public Applied apply(PolicySnapshot policy, Bypass bypass) throws DataplaneException {
        generations.remember(1, policy);
        throw new DataplaneException("not yet");
    }

    @Override
    public Counters readCounters() throws DataplaneException {
        throw new DataplaneException("not yet");
    }

    @Override
    public void remove() throws DataplaneException {
        throw new DataplaneException("not yet");
    }

    @Override
    public void close() {}
}
