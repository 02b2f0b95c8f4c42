package io.ringfence.engine.stored;

import io.ringfence.engine.World;
import io.ringfence.engine.incremental.Change;
import java.util.List;
import java.util.Set;

/// The world after some changes.
///
/// @param changes what led here from the world before
/// @param enforcers the ids of all registered enforcers
/// @param turned those that were registered, or are no more, or registered anew
public record WorldUpdate(
        World world, List<Change> changes, Set<String> enforcers, Set<String> turned) {
    public WorldUpdate {
        changes = List.copyOf(changes);
        turned = Set.copyOf(turned);
    }
}
