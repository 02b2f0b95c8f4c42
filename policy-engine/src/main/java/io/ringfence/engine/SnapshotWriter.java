package io.ringfence.engine;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.network.Prefix;
import io.ringfence.contracts.policy.DirectionPolicy;
import io.ringfence.contracts.policy.PeerAddress;
import io.ringfence.contracts.policy.PeerType;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.ProcessingUnitPolicy;
import io.ringfence.contracts.policy.VisibleNetwork;
import io.ringfence.contracts.topic.Partitioning;
import io.ringfence.engine.form.CanonicalForm;
import io.ringfence.engine.form.PolicyDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes what each enforcer enforces. The outcome depends on the world alone, down to the byte.
public final class SnapshotWriter {
    private static final BitSet NONE = new BitSet(0);

    private final PolicySource source;

    public SnapshotWriter(PolicySource source) {
        this.source = source;
    }

    /// The snapshot with its digest, without console id, version and time. An enforcer without
    /// running processing units gets an empty one.
    public PolicySnapshot write(String enforcerId) {
        List<ProcessingUnit> units = source.unitsOf(enforcerId);
        Texts texts = new Texts();
        PolicySnapshot.Builder snapshot = PolicySnapshot.newBuilder().setEnforcerId(enforcerId);
        units.forEach(unit -> snapshot.addProcessingUnits(policyOf(unit, texts)));
        snapshot.addAllPeers(peersOf(units, texts));
        snapshot.addAllTenants(tenantsOf(units));
        snapshot.addAllNetworks(domainNetworksOf(units, texts));
        snapshot.addAllText(texts.inOrder());
        return PolicyDigest.seal(CanonicalForm.of(snapshot.build()));
    }

    private ProcessingUnitPolicy policyOf(ProcessingUnit unit, Texts texts) {
        List<Ruleset> rulesets = source.rulesetsFor(unit);
        ProcessingUnitPolicy.Builder policy =
                ProcessingUnitPolicy.newBuilder()
                        .setProcessingUnitId(unit.id())
                        .setNamespace(unit.namespace())
                        .setIncoming(directionOf(unit, rulesets, Direction.INCOMING, texts))
                        .setOutgoing(directionOf(unit, rulesets, Direction.OUTGOING, texts));
        owned(unit, source.running(unit.namespace()))
                .forEach(address -> policy.addAddresses(bytes(address)));
        return policy.build();
    }

    /// In address order.
    private static NavigableSet<Prefix> owned(ProcessingUnit unit, TenantUnits running) {
        NavigableSet<Prefix> owned = new TreeSet<>();
        unit.addresses().stream()
                .map(Prefix::of)
                .filter(address -> isOwner(unit, running.owner(address)))
                .forEach(owned::add);
        return owned;
    }

    private static boolean isOwner(ProcessingUnit unit, @Nullable ProcessingUnit owner) {
        return owner != null && owner.id().equals(unit.id());
    }

    private DirectionPolicy directionOf(
            ProcessingUnit unit, List<Ruleset> rulesets, Direction direction, Texts texts) {
        List<ApplyingRule> rules = ApplyingRule.inOrder(rulesets, direction);
        VisibleNetworks networks = source.networks(Set.of(unit.namespace()));
        BitSet[] rulesOfNetwork = rulesOfNetworks(rules, networks);
        DirectionProgram program =
                new DirectionProgram(
                        rules,
                        Namespaces.defaultAction(source.namespaces(), unit.namespace(), direction),
                        texts);
        List<Mapped<Integer>> peers = new ArrayList<>();
        NavigableMap<Prefix, BitSet> rulesOfPeers = rulesOfPeers(unit, rules);
        rulesOfPeers.forEach((address, ofUnit) -> {
            PeerRules matching =
                    PeerRules.of(
                            unit.targets(),
                            address,
                            ofUnit,
                            () -> union(networks.containing(address), rulesOfNetwork));
            peers.add(new Mapped<>(address, program.classOf(matching)));
        });
        List<Mapped<Integer>> regions = new ArrayList<>();
        for (Region region : networks.regions()) {
            BitSet matching = union(region.networks(), rulesOfNetwork);
            regions.add(new Mapped<>(region.prefix(), program.classOf(PeerRules.same(matching))));
        }
        DirectionPolicy policy = program.build(peers, Mapped.joined(regions));
        if (!networks.haveDomains()) {
            return policy;
        }
        DomainRulesText domains = new DomainRulesText(rules, program, texts);
        for (int index = 0; index < networks.count(); index++) {
            domains.network(networks.inOrder().get(index).id(), rulesOfNetwork[index]);
        }
        rulesOfPeers.forEach((address, ofUnit) -> domains.owner(unit.targets(), address, ofUnit));
        return policy.toBuilder().setDomainRules(domains.build()).build();
    }

    private List<VisibleNetwork> domainNetworksOf(List<ProcessingUnit> units, Texts texts) {
        Set<String> namespaces = new TreeSet<>();
        units.forEach(unit -> namespaces.add(unit.namespace()));
        if (namespaces.isEmpty() || !source.networks(namespaces).haveDomains()) {
            return List.of();
        }
        return source.networks(namespaces).inOrder().stream()
                .map(network -> DomainRulesText.network(network, texts))
                .toList();
    }

    /// Which rules match the owner of each address, in address order. Addresses whose owner no rule
    /// matches may be left out where that decides.
    private NavigableMap<Prefix, BitSet> rulesOfPeers(
            ProcessingUnit unit, List<ApplyingRule> rules) {
        TenantUnits running = source.running(unit.namespace());
        NavigableMap<Prefix, BitSet> rulesOfPeers = new TreeMap<>();
        if (!unit.targets().equals(TargetNetworks.EVERYWHERE)) {
            running.forEachOwned((address, _) -> rulesOfPeers.put(address, NONE));
        }
        Map<ProcessingUnit, BitSet> rulesOfUnits = new IdentityHashMap<>();
        for (int rule = 0; rule < rules.size(); rule++) {
            int index = rule;
            running.forEachMatching(
                    rules.get(rule).rule().object(),
                    peer -> rulesOfUnits.computeIfAbsent(peer, _ -> new BitSet()).set(index));
        }
        rulesOfUnits.forEach((peer, matching) ->
                owned(peer, running).forEach(address -> rulesOfPeers.put(address, matching)));
        return rulesOfPeers;
    }

    private static BitSet[] rulesOfNetworks(List<ApplyingRule> rules, VisibleNetworks networks) {
        BitSet[] rulesOfNetwork = new BitSet[networks.count()];
        Arrays.setAll(rulesOfNetwork, _ -> new BitSet());
        for (int index = 0; index < rules.size(); index++) {
            int rule = index;
            networks.matching(rules.get(rule).rule().object()).stream()
                    .forEach(network -> rulesOfNetwork[network].set(rule));
        }
        return rulesOfNetwork;
    }

    private static Set<String> tenantsOf(List<ProcessingUnit> units) {
        return units.stream()
                .map(unit -> Partitioning.tenantOf(unit.namespace()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<PeerAddress> peersOf(List<ProcessingUnit> units, Texts texts) {
        Set<String> namespaces =
                units.stream().map(ProcessingUnit::namespace).collect(Collectors.toSet());
        if (namespaces.isEmpty()) {
            return List.of();
        }
        return source.networks(namespaces).reported().stream()
                .map(mapped -> peer(mapped.prefix(), mapped.value(), texts))
                .toList();
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

    private static BitSet union(BitSet chosen, BitSet[] sets) {
        BitSet union = new BitSet();
        chosen.stream().forEach(index -> union.or(sets[index]));
        return union;
    }

    private static ByteString bytes(Prefix prefix) {
        return ByteString.copyFrom(prefix.bytes());
    }
}
