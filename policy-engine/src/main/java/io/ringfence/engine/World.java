package io.ringfence.engine;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.pcollections.PMap;

/// Everything policy depends on, each by its id (namespaces by their absolute name). The order in
/// which things came to be does not matter, and time only where [#at] is asked: what is compiled or
/// evaluated takes every ruleset as valid.
public record World(
        Map<String, NamespaceState> namespaces,
        Map<String, ProcessingUnit> processingUnits,
        Map<String, Ruleset> rulesets,
        Map<String, ExternalNetwork> externalNetworks) {
    public static final World EMPTY = new World(Map.of(), Map.of(), Map.of(), Map.of());

    public World {
        namespaces = fixed(namespaces);
        processingUnits = fixed(processingUnits);
        rulesets = fixed(rulesets);
        externalNetworks = fixed(externalNetworks);
    }

    /// A persistent map never changes: making a world of such ones costs nothing.
    private static <V> Map<String, V> fixed(Map<String, V> map) {
        return map instanceof PMap ? map : Map.copyOf(map);
    }

    /// The world with the rulesets that are valid at this instant only.
    public World at(Instant instant) {
        Map<String, Ruleset> valid = new HashMap<>(rulesets);
        valid.values().removeIf(ruleset -> !ruleset.validity().isActiveAt(instant));
        return valid.size() == rulesets.size()
                ? this
                : new World(namespaces, processingUnits, valid, externalNetworks);
    }
}
