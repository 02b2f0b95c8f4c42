package io.ringfence.policy.world;

import io.ringfence.contracts.policy.CompiledPolicy;
import io.ringfence.engine.stored.WorldUpdate;

/// Whom the reader tells; always from its one thread.
interface WorldSink {
    void announced(CompiledPolicy policy);

    void changed(WorldUpdate update);
}
