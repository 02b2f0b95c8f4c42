package io.ringfence.engine.explain;

import io.ringfence.engine.Namespaces;
import io.ringfence.engine.ProcessingUnit;
import io.ringfence.engine.World;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// To whom addresses belong, for many questions about one world: the same as
/// [io.ringfence.engine.PolicyEvaluator#owner], which looks at every processing unit each time.
final class Owners {
    private final World world;
    private final Map<InetAddress, List<ProcessingUnit>> running = new HashMap<>();

    Owners(World world) {
        this.world = world;
    }

    Optional<ProcessingUnit> of(InetAddress address, String seenFrom) {
        if (running.isEmpty()) {
            world.processingUnits().values().stream()
                    .filter(ProcessingUnit::running)
                    .forEach(unit ->
                            unit.addresses()
                                    .forEach(it ->
                                            running.computeIfAbsent(it, _ -> new ArrayList<>(1))
                                                    .add(unit)));
        }
        return running.getOrDefault(address, List.of()).stream()
                .filter(unit -> Namespaces.sameTenant(unit.namespace(), seenFrom))
                .min(Comparator.comparing(ProcessingUnit::id));
    }
}
