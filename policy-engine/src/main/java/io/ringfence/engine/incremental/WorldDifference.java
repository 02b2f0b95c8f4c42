package io.ringfence.engine.incremental;

import io.ringfence.engine.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What leads from one world to another. Looks at everything once; what is the same object is not
/// looked into.
public final class WorldDifference {
    private final List<Change> changes = new ArrayList<>();

    private WorldDifference() {}

    public static List<Change> between(World before, World after) {
        WorldDifference difference = new WorldDifference();
        difference.collect(
                before.namespaces(),
                after.namespaces(),
                Change.NamespaceIs::new,
                Change.NamespaceGone::new);
        difference.collect(
                before.rulesets(),
                after.rulesets(),
                Change.RulesetIs::new,
                Change.RulesetGone::new);
        difference.collect(
                before.externalNetworks(),
                after.externalNetworks(),
                Change.NetworkIs::new,
                Change.NetworkGone::new);
        difference.collect(
                before.processingUnits(),
                after.processingUnits(),
                Change.UnitIs::new,
                Change.UnitGone::new);
        return difference.changes;
    }

    private <T> void collect(
            Map<String, T> before,
            Map<String, T> after,
            Function<T, Change> is,
            Function<String, Change> gone) {
        if (before == after) {
            return;
        }
        for (String id : before.keySet()) {
            if (!after.containsKey(id)) {
                changes.add(gone.apply(id));
            }
        }
        after.forEach((id, now) -> {
            T then = before.get(id);
            if (then != now && !now.equals(then)) {
                changes.add(is.apply(now));
            }
        });
    }
}
