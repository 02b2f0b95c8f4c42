package io.ringfence.engine;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.network.Prefix;
import io.ringfence.contracts.policy.AddressClass;
import io.ringfence.contracts.policy.Decision;
import io.ringfence.contracts.policy.DirectionPolicy;
import io.ringfence.contracts.policy.JudgingRule;
import io.ringfence.contracts.policy.NetworkRules;
import io.ringfence.contracts.policy.OutsideOwners;
import io.ringfence.contracts.policy.PolicyAction;
import io.ringfence.contracts.schedule.Validity;
import io.ringfence.contracts.tag.TagExpression;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// One direction of one processing unit, which grows by the classes of addresses that DNS gives.
final class ResolvedDirection {
    private final DirectionPolicy compiled;
    private final Set<Prefix> owned;
    private final Texts texts;
    private final DirectionProgram program;
    private final Map<String, BitSet> rulesOfNetwork = new HashMap<>();
    private final Map<Prefix, Outside> outside = new HashMap<>();
    private final Map<Prefix, Integer> whole = new HashMap<>();

    private record Outside(boolean tcp, boolean udp, BitSet rules) {}

    /// @param owned what processing units own, as far as this one's rules know them
    ResolvedDirection(DirectionPolicy compiled, Set<Prefix> owned, Texts texts) {
        this.compiled = inOneTable(compiled, owned);
        this.owned = owned;
        this.texts = texts;
        program =
                new DirectionProgram(
                        compiled.getDomainRules().getRulesList().stream().map(this::rule).toList(),
                        compiled,
                        texts);
        for (NetworkRules network : compiled.getDomainRules().getNetworksList()) {
            rulesOfNetwork.put(texts.at(network.getNetworkId()), set(network.getRulesList()));
        }
        for (OutsideOwners owners : compiled.getDomainRules().getOutsideOwnersList()) {
            Outside value =
                    new Outside(owners.getTcp(), owners.getUdp(), set(owners.getRulesList()));
            for (ByteString address : owners.getAddressesList()) {
                outside.put(prefix(address, address.size() * 8), value);
            }
        }
        for (int index = 0; index < this.compiled.getAddressesCount(); index++) {
            Prefix prefix = prefix(this.compiled.getAddresses(index));
            if (prefix.isWhole()) {
                whole.put(prefix, index);
            }
        }
    }

    /// External networks beside the addresses of processing units, of which none belongs to them.
    private static DirectionPolicy inOneTable(DirectionPolicy compiled, Set<Prefix> owned) {
        if (compiled.getNetworksCount() == 0) {
            return compiled;
        }
        NavigableMap<Prefix, AddressClass> networks = new TreeMap<>();
        compiled.getNetworksList().forEach(network -> networks.put(prefix(network), network));
        Map<Prefix, AddressClass> table = new TreeMap<>(networks);
        for (Prefix address : owned) {
            Prefix around = networks.floorKey(address);
            if (around != null && around.contains(address)) {
                table.put(address, DirectionProgram.entry(address, 0));
            }
        }
        compiled.getAddressesList().forEach(address -> table.put(prefix(address), address));
        return compiled.toBuilder()
                .clearNetworks()
                .clearAddresses()
                .addAllAddresses(table.values())
                .build();
    }

    DirectionPolicy with(Map<Prefix, List<DomainNetwork.Containing>> judged) {
        if (!compiled.hasDomainRules()) {
            return compiled;
        }
        DirectionPolicy.Builder policy = compiled.toBuilder();
        judged.forEach((address, networks) ->
                rulesFor(address, networks)
                        .ifPresent(rules -> add(policy, address, program.classOf(rules))));
        DirectionPolicy grown = program.build(List.of(), List.of());
        return policy.clearDecisions()
                .addAllDecisions(grown.getDecisionsList())
                .clearClasses()
                .addAllClasses(grown.getClassesList())
                .build();
    }

    /// Empty where external networks have no say.
    private Optional<PeerRules> rulesFor(
            Prefix address, List<DomainNetwork.Containing> containing) {
        BitSet ofNetworks = new BitSet();
        for (DomainNetwork.Containing it : containing) {
            ofNetworks.or(rulesOfNetwork.getOrDefault(it.network().id(), new BitSet()));
        }
        if (!owned.contains(address)) {
            return Optional.of(PeerRules.same(ofNetworks));
        }
        return Optional.ofNullable(outside.get(address))
                .map(owner ->
                        new PeerRules(
                                owner.tcp ? ofNetworks : owner.rules,
                                owner.udp ? ofNetworks : owner.rules,
                                owner.rules));
    }

    private void add(DirectionPolicy.Builder policy, Prefix address, int peerClass) {
        AddressClass entry = DirectionProgram.entry(address, peerClass);
        Integer at = whole.get(address);
        if (at == null) {
            policy.addAddresses(entry);
        } else {
            policy.setAddresses(at, entry);
        }
    }

    /// The rule as far as a class needs it: whom it is about was decided when it was written down.
    private ApplyingRule rule(JudgingRule text) {
        Decision says = text.getDecision();
        boolean observes = says.getAction() == PolicyAction.POLICY_ACTION_UNSPECIFIED;
        PolicyAction action = observes ? says.getObservedAction() : says.getAction();
        Ruleset ruleset =
                new Ruleset(
                        texts.at(observes ? says.getObservedPolicyId() : says.getPolicyId()),
                        texts.at(says.getPolicyName()),
                        texts.at(
                                observes
                                        ? says.getObservedPolicyNamespace()
                                        : says.getPolicyNamespace()),
                        false,
                        false,
                        false,
                        Validity.ALWAYS,
                        TagExpression.NOTHING,
                        List.of(),
                        List.of());
        Rule rule =
                new Rule(
                        texts.at(says.getRuleName()),
                        action == PolicyAction.ALLOW ? Action.ALLOW : Action.REJECT,
                        TagExpression.NOTHING,
                        List.of(),
                        observes,
                        says.getSilent());
        return new ApplyingRule(
                ruleset, rule, text.getPortsList().stream().map(Match::of).toList());
    }

    private static BitSet set(List<Integer> rules) {
        BitSet set = new BitSet();
        rules.forEach(set::set);
        return set;
    }

    private static Prefix prefix(AddressClass entry) {
        return prefix(entry.getAddress(), entry.getPrefixLength());
    }

    private static Prefix prefix(ByteString address, int length) {
        return Prefix.ofBytes(address.toByteArray(), length);
    }
}
