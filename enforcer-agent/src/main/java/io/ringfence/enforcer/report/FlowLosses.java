package io.ringfence.enforcer.report;

import io.ringfence.contracts.flow.FlowLoss;
import java.util.List;

/// What windows are known to lack.
public interface FlowLosses {
    /// What was not reported yet; it is now.
    List<FlowLoss> take();

    /// All windows closed so far are in the spool.
    void spooled();
}
