package io.ringfence.engine;

import java.util.Map;

/// Everything policy depends on, each by its id (namespaces by their absolute name). Nothing else
/// does: neither the clock nor the order in which things came to be.
public record World(
        Map<String, NamespaceState> namespaces,
        Map<String, ProcessingUnit> processingUnits,
        Map<String, Ruleset> rulesets,
        Map<String, ExternalNetwork> externalNetworks) {
    public static final World EMPTY = new World(Map.of(), Map.of(), Map.of(), Map.of());

    public World {
        namespaces = Map.copyOf(namespaces);
        processingUnits = Map.copyOf(processingUnits);
        rulesets = Map.copyOf(rulesets);
        externalNetworks = Map.copyOf(externalNetworks);
    }
}
