package io.ringfence.policy.world;

import io.ringfence.contracts.policy.CompiledPolicy;
import io.ringfence.contracts.policy.EnforcerReceipt;
import io.ringfence.engine.stored.WorldUpdate;

/// Whom the reader tells; always from its one thread.
interface WorldSink {
    void announced(CompiledPolicy policy);

    /// The enforcer is gone, and what was announced for it.
    void withdrawn(String enforcerId);

    void received(EnforcerReceipt receipt);

    /// The enforcer is gone, and its receipt with it.
    void receiptGone(String enforcerId);

    /// @param changedAtMillis when the oldest of the changes was stored
    void changed(WorldUpdate update, long changedAtMillis);
}
