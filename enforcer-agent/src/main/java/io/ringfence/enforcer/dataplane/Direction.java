package io.ringfence.enforcer.dataplane;

import io.ringfence.contracts.policy.DirectionPolicy;
import io.ringfence.contracts.policy.ProcessingUnitPolicy;

/// Seen from the processing unit: a connection towards it, or one that it opened.
public enum Direction {
    INCOMING,
    OUTGOING;

    DirectionPolicy of(ProcessingUnitPolicy unit) {
        return switch (this) {
            case INCOMING -> unit.getIncoming();
            case OUTGOING -> unit.getOutgoing();
        };
    }
}
