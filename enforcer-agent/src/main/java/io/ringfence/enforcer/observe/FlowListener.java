package io.ringfence.enforcer.observe;

/// Told about every flow once, where it begins. Called from the observer's one thread; what takes
/// long here loses packets.
@FunctionalInterface
public interface FlowListener {
    /// @param observedAtMillis wall clock, at most a batching delay (100 ms) after the packet
    void flowBegan(FlowKey flow, long observedAtMillis);
}
