package io.ringfence.engine;

import io.ringfence.contracts.policy.PeerOwner;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.topic.Partitioning;
import io.ringfence.engine.directory.TenantDirectory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Turns a [World] into what each enforcer enforces, from scratch. One compiler may compile many
/// enforcers of its world and remembers what they share; it is not for several threads at once.
public final class PolicyCompiler {
    private final SnapshotWriter writer;

    public PolicyCompiler(World world) {
        writer = new SnapshotWriter(new WorldSource(world));
    }

    /// As [#compile(String)], for a single enforcer.
    public static PolicySnapshot compile(World world, String enforcerId) {
        return new PolicyCompiler(world).compile(enforcerId);
    }

    /// The snapshot with its digest, without console id, version and time. An enforcer without
    /// running processing units gets an empty one.
    public PolicySnapshot compile(String enforcerId) {
        return writer.write(enforcerId);
    }

    /// Who owns what in a tenant, as [Partitioning#tenantOf] names it.
    public static TenantDirectory directory(World world, String tenant) {
        List<PeerOwner> owners = new ArrayList<>();
        new WorldSource(world)
                .running("/" + tenant)
                .forEachOwned(
                        (address, owner) -> owners.add(TenantDirectory.entry(address, owner)));
        return TenantDirectory.of(owners);
    }

    /// What an enforcer makes of its snapshot before DNS has answered anything.
    public static ResolvedPolicy resolve(World world, PolicySnapshot compiled) {
        Map<String, TenantDirectory> directories = new HashMap<>();
        for (String tenant : compiled.getTenantsList()) {
            directories.put(tenant, directory(world, tenant));
        }
        return new ResolvedPolicy(compiled, directories);
    }

    private static final class WorldSource implements PolicySource {
        private final World world;
        private final Map<String, List<ProcessingUnit>> unitsOfEnforcer = new HashMap<>();
        private final Map<String, RunningUnits> unitsOfTenant = new HashMap<>();
        private final Map<Set<String>, VisibleNetworks> networksOfNamespaces = new HashMap<>();
        private final Map<String, List<Ruleset>> rulesetsOfNamespace = new HashMap<>();

        WorldSource(World world) {
            this.world = world;
            for (ProcessingUnit unit : world.processingUnits().values()) {
                if (unit.running() && !unit.enforcerId().isEmpty()) {
                    unitsOfEnforcer
                            .computeIfAbsent(unit.enforcerId(), _ -> new ArrayList<>())
                            .add(unit);
                }
            }
            unitsOfEnforcer
                    .values()
                    .forEach(units -> units.sort(Comparator.comparing(ProcessingUnit::id)));
        }

        @Override
        public Map<String, NamespaceState> namespaces() {
            return world.namespaces();
        }

        @Override
        public List<ProcessingUnit> unitsOf(String enforcerId) {
            return unitsOfEnforcer.getOrDefault(enforcerId, List.of());
        }

        @Override
        public List<Ruleset> rulesetsFor(ProcessingUnit unit) {
            List<Ruleset> reaching =
                    rulesetsOfNamespace.computeIfAbsent(
                            unit.namespace(),
                            namespace ->
                                    world.rulesets().values().stream()
                                            .filter(ruleset -> !ruleset.disabled())
                                            .filter(ruleset ->
                                                    Namespaces.reaches(
                                                            ruleset.namespace(),
                                                            ruleset.propagate(),
                                                            namespace))
                                            .toList());
            return Ruleset.withoutNeedlessFallbacks(
                    reaching.stream()
                            .filter(ruleset -> ruleset.subject().matches(unit.tags()))
                            .toList());
        }

        @Override
        public RunningUnits running(String namespace) {
            return unitsOfTenant.computeIfAbsent(
                    Partitioning.tenantOf(namespace),
                    tenant ->
                            new RunningUnits(
                                    world.processingUnits().values().stream()
                                            .filter(ProcessingUnit::running)
                                            .filter(unit ->
                                                    Partitioning.tenantOf(unit.namespace())
                                                            .equals(tenant))
                                            .toList()));
        }

        @Override
        public VisibleNetworks networks(Set<String> namespaces) {
            return networksOfNamespaces.computeIfAbsent(
                    Set.copyOf(namespaces),
                    seenFrom -> VisibleNetworks.from(world.externalNetworks().values(), seenFrom));
        }
    }
}
