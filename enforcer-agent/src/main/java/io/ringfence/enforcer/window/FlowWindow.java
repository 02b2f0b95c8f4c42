package io.ringfence.enforcer.window;

import io.ringfence.enforcer.observe.FlowKey;
import java.util.Map;

/// A closed window: how often flows of each key began in it.
///
/// @param startMillis milliseconds since 1970, a multiple of the window's length
/// @param endMillis exclusive; start plus length
/// @param discarded flows that are missing because windows were not taken away in time
/// @param afterClockStep the clock was set since the window before: a new epoch begins here
public record FlowWindow(
        long startMillis,
        long endMillis,
        Map<FlowKey, Long> counts,
        long discarded,
        boolean afterClockStep) {
    public FlowWindow {
        counts = Map.copyOf(counts);
    }

    public long flows() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
