package io.ringfence.engine;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.network.Prefix;
import io.ringfence.contracts.policy.DirectionPolicy;
import io.ringfence.contracts.policy.PeerAddress;
import io.ringfence.contracts.policy.PeerType;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.ProcessingUnitPolicy;
import io.ringfence.contracts.topic.Partitioning;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Turns a [World] into what each enforcer enforces. The outcome depends on the world alone, down
/// to the byte. One compiler may compile many enforcers of its world and remembers what they share;
/// it is not for several threads at once.
public final class PolicyCompiler {
    private final World world;
    private final Map<String, List<ProcessingUnit>> unitsOfEnforcer = new HashMap<>();
    private final Map<String, RunningUnits> unitsOfTenant = new HashMap<>();
    private final Map<Set<String>, VisibleNetworks> networksOfNamespaces = new HashMap<>();
    private final Map<String, List<Ruleset>> rulesetsOfNamespace = new HashMap<>();

    public PolicyCompiler(World world) {
        this.world = world;
        for (ProcessingUnit unit : world.processingUnits().values()) {
            if (unit.running() && !unit.enforcerId().isEmpty()) {
                unitsOfEnforcer
                        .computeIfAbsent(unit.enforcerId(), _ -> new ArrayList<>())
                        .add(unit);
            }
        }
    }

    /// As [#compile(String)], for a single enforcer.
    public static PolicySnapshot compile(World world, String enforcerId) {
        return new PolicyCompiler(world).compile(enforcerId);
    }

    /// The snapshot with its digest, without console id, version and time. An enforcer without
    /// running processing units gets an empty one.
    public PolicySnapshot compile(String enforcerId) {
        List<ProcessingUnit> units =
                new ArrayList<>(unitsOfEnforcer.getOrDefault(enforcerId, List.of()));
        units.sort(Comparator.comparing(ProcessingUnit::id));
        Texts texts = new Texts();
        PolicySnapshot.Builder snapshot = PolicySnapshot.newBuilder().setEnforcerId(enforcerId);
        units.forEach(unit -> snapshot.addProcessingUnits(policyOf(unit, texts)));
        snapshot.addAllPeers(peersOf(units, texts));
        snapshot.addAllText(texts.inOrder());
        return PolicyDigest.seal(snapshot.build());
    }

    private ProcessingUnitPolicy policyOf(ProcessingUnit unit, Texts texts) {
        List<Ruleset> rulesets = rulesetsFor(unit);
        ProcessingUnitPolicy.Builder policy =
                ProcessingUnitPolicy.newBuilder()
                        .setProcessingUnitId(unit.id())
                        .setNamespace(unit.namespace())
                        .setIncoming(directionOf(unit, rulesets, Direction.INCOMING, texts))
                        .setOutgoing(directionOf(unit, rulesets, Direction.OUTGOING, texts));
        RunningUnits running = running(unit.namespace());
        running.owners().entrySet().stream()
                .filter(owner -> running.unit(owner.getValue()).id().equals(unit.id()))
                .forEach(owner -> policy.addAddresses(bytes(owner.getKey())));
        return policy.build();
    }

    private List<Ruleset> rulesetsFor(ProcessingUnit unit) {
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
        return ApplyingRule.withoutNeedlessFallbacks(
                reaching.stream()
                        .filter(ruleset -> ruleset.subject().matches(unit.tags()))
                        .toList());
    }

    private DirectionPolicy directionOf(
            ProcessingUnit unit, List<Ruleset> rulesets, Direction direction, Texts texts) {
        List<ApplyingRule> rules = ApplyingRule.inOrder(rulesets, direction);
        RunningUnits running = running(unit.namespace());
        VisibleNetworks networks = networks(Set.of(unit.namespace()));
        BitSet[] rulesOfUnit = emptySets(running.count());
        BitSet[] rulesOfNetwork = emptySets(networks.count());
        for (int index = 0; index < rules.size(); index++) {
            int rule = index;
            running.matching(rules.get(rule).rule().object()).stream()
                    .forEach(peer -> rulesOfUnit[peer].set(rule));
            networks.matching(rules.get(rule).rule().object()).stream()
                    .forEach(network -> rulesOfNetwork[network].set(rule));
        }
        DirectionProgram program =
                new DirectionProgram(
                        rules,
                        Namespaces.defaultAction(world.namespaces(), unit.namespace(), direction),
                        texts);
        List<Mapped<Integer>> addresses = new ArrayList<>();
        running.owners()
                .forEach((address, owner) -> {
                    PeerRules matching =
                            PeerRules.of(
                                    unit.targets(),
                                    address,
                                    rulesOfUnit[owner],
                                    () -> union(networks.containing(address), rulesOfNetwork));
                    addresses.add(new Mapped<>(address, program.classOf(matching)));
                });
        List<Mapped<Integer>> regions = new ArrayList<>();
        for (Region region : networks.regions()) {
            BitSet matching = union(region.networks(), rulesOfNetwork);
            regions.add(new Mapped<>(region.prefix(), program.classOf(PeerRules.same(matching))));
        }
        addresses.addAll(Mapped.joined(regions));
        addresses.removeIf(mapped -> mapped.value() == 0);
        addresses.sort(Comparator.comparing(Mapped::prefix));
        return program.build(addresses);
    }

    private Collection<PeerAddress> peersOf(List<ProcessingUnit> units, Texts texts) {
        Map<Prefix, PeerAddress> peers = new TreeMap<>();
        Set<String> namespaces = new TreeSet<>();
        for (ProcessingUnit unit : units) {
            namespaces.add(unit.namespace());
        }
        for (String namespace : namespaces) {
            RunningUnits running = running(namespace);
            running.owners()
                    .forEach((address, owner) ->
                            peers.computeIfAbsent(
                                    address, _ -> peer(address, running.unit(owner), texts)));
        }
        if (!namespaces.isEmpty()) {
            for (Mapped<ExternalNetwork> mapped : networks(namespaces).reported()) {
                peers.put(mapped.prefix(), peer(mapped.prefix(), mapped.value(), texts));
            }
        }
        return peers.values();
    }

    private static PeerAddress peer(Prefix address, ProcessingUnit unit, Texts texts) {
        return PeerAddress.newBuilder()
                .setAddress(bytes(address))
                .setPrefixLength(address.length())
                .setType(PeerType.PEER_PROCESSING_UNIT)
                .setId(texts.index(unit.id()))
                .setNamespace(texts.index(unit.namespace()))
                .setEnforced(!unit.enforcerId().isEmpty())
                .build();
    }

    private static PeerAddress peer(Prefix prefix, ExternalNetwork network, Texts texts) {
        return PeerAddress.newBuilder()
                .setAddress(bytes(prefix))
                .setPrefixLength(prefix.length())
                .setType(PeerType.PEER_EXTERNAL_NETWORK)
                .setId(texts.index(network.id()))
                .setNamespace(texts.index(network.namespace()))
                .build();
    }

    private RunningUnits running(String namespace) {
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

    private VisibleNetworks networks(Set<String> namespaces) {
        return networksOfNamespaces.computeIfAbsent(
                Set.copyOf(namespaces),
                seenFrom -> {
                    Set<Prefix> owned = new TreeSet<>();
                    seenFrom.forEach(name -> owned.addAll(running(name).owners().keySet()));
                    return new VisibleNetworks(seenFromAny(seenFrom), owned);
                });
    }

    private List<ExternalNetwork> seenFromAny(Set<String> namespaces) {
        return world.externalNetworks().values().stream()
                .filter(network ->
                        namespaces.stream()
                                .anyMatch(namespace ->
                                        Namespaces.reaches(
                                                network.namespace(),
                                                network.propagate(),
                                                namespace)))
                .sorted(Comparator.comparing(ExternalNetwork::id))
                .toList();
    }

    private static BitSet union(BitSet chosen, BitSet[] sets) {
        BitSet union = new BitSet();
        chosen.stream().forEach(index -> union.or(sets[index]));
        return union;
    }

    private static BitSet[] emptySets(int count) {
        BitSet[] sets = new BitSet[count];
        for (int index = 0; index < count; index++) {
            sets[index] = new BitSet();
        }
        return sets;
    }

    private static ByteString bytes(Prefix prefix) {
        return ByteString.copyFrom(prefix.bytes());
    }
}
