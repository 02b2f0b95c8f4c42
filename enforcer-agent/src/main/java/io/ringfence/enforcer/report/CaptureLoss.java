package io.ringfence.enforcer.report;

import io.ringfence.enforcer.dataplane.Counters;
import io.ringfence.enforcer.observe.Observations;

/// Compares what the kernel counted beside its log statements with what was received. Pure; never
/// falls.
final class CaptureLoss {
    private final Counters start;
    private long lost;

    /// @param start read just before the observer was opened
    CaptureLoss(Counters start) {
        this.start = start;
    }

    /// Packets lost since the start: what the gaps in the kernel's numbering prove, or what the
    /// counters say if that is more, and what was received but not understood.
    ///
    /// @param counters read at least a second before `observations`, so that everything they count
    ///   had the time to arrive and nothing under way is taken for lost
    long upTo(Counters counters, Observations observations) {
        long counted = counters.logged().total() - countedBefore(counters);
        long neverArrived = Math.max(observations.missing(), counted - observations.received());
        lost = Math.max(lost, neverArrived + observations.unresolved());
        return lost;
    }

    /// Another table began at zero while the observer listened.
    private long countedBefore(Counters counters) {
        return counters.tableId().equals(start.tableId()) ? start.logged().total() : 0;
    }
}
