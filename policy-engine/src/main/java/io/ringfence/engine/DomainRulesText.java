package io.ringfence.engine;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.network.NetworkEntry;
import io.ringfence.contracts.network.Prefix;
import io.ringfence.contracts.policy.DomainRules;
import io.ringfence.contracts.policy.JudgingRule;
import io.ringfence.contracts.policy.NetworkPrefix;
import io.ringfence.contracts.policy.NetworkRules;
import io.ringfence.contracts.policy.OutsideOwners;
import io.ringfence.contracts.policy.VisibleNetwork;
import io.ringfence.contracts.port.ProtocolPorts;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes down what [ResolvedPolicy] makes classes from: which rules match which external network,
/// and what they say. Rules that match none are left out.
final class DomainRulesText {
    private final List<ApplyingRule> rules;
    private final DirectionProgram program;
    private final Texts texts;
    private final Map<String, BitSet> rulesOfNetwork = new LinkedHashMap<>();
    private final Map<Outside, OutsideOwners.Builder> outside = new LinkedHashMap<>();

    private record Outside(boolean tcp, boolean udp, BitSet rules) {}

    DomainRulesText(List<ApplyingRule> rules, DirectionProgram program, Texts texts) {
        this.rules = rules;
        this.program = program;
        this.texts = texts;
    }

    static VisibleNetwork network(ExternalNetwork network, Texts texts) {
        VisibleNetwork.Builder visible =
                VisibleNetwork.newBuilder()
                        .setId(texts.index(network.id()))
                        .setNamespace(texts.index(network.namespace()));
        for (NetworkEntry entry : network.entries()) {
            switch (entry) {
                case NetworkEntry.Included(Prefix prefix) -> visible.addIncluded(text(prefix));
                case NetworkEntry.Excluded(Prefix prefix) -> visible.addExcluded(text(prefix));
                case NetworkEntry.Domain domain -> visible.addDomains(domain.toString());
            }
        }
        return visible.build();
    }

    /// Networks come in order of id.
    void network(String id, BitSet matching) {
        if (!matching.isEmpty()) {
            rulesOfNetwork.put(id, matching);
        }
    }

    /// A processing unit's address, in address order; nothing to write unless it is outside the
    /// judged one's target networks.
    void owner(TargetNetworks targets, Prefix address, BitSet matching) {
        boolean tcp = !targets.hold(ProtocolPorts.TCP, address);
        boolean udp = !targets.hold(ProtocolPorts.UDP, address);
        if (tcp || udp) {
            outside.computeIfAbsent(
                            new Outside(tcp, udp, matching), _ -> OutsideOwners.newBuilder())
                    .addAddresses(ByteString.copyFrom(address.bytes()));
        }
    }

    DomainRules build() {
        BitSet used = new BitSet();
        rulesOfNetwork.values().forEach(used::or);
        outside.keySet().forEach(owners -> used.or(owners.rules));
        int[] numbers = new int[rules.size()];
        DomainRules.Builder text = DomainRules.newBuilder();
        used.stream()
                .forEach(rule -> {
                    numbers[rule] = text.getRulesCount();
                    text.addRules(text(rules.get(rule)));
                });
        rulesOfNetwork.forEach((id, matching) ->
                text.addNetworks(
                        NetworkRules.newBuilder()
                                .setNetworkId(texts.index(id))
                                .addAllRules(renumbered(matching, numbers))));
        outside.forEach((key, owners) ->
                text.addOutsideOwners(
                        owners.setTcp(key.tcp)
                                .setUdp(key.udp)
                                .addAllRules(renumbered(key.rules, numbers))));
        return text.build();
    }

    private JudgingRule text(ApplyingRule rule) {
        JudgingRule.Builder text = JudgingRule.newBuilder().setDecision(program.saidBy(rule));
        rule.matches().forEach(match -> text.addPorts(match.toPortRule()));
        return text.build();
    }

    private static List<Integer> renumbered(BitSet rules, int[] numbers) {
        return rules.stream().map(rule -> numbers[rule]).boxed().toList();
    }

    private static NetworkPrefix text(Prefix prefix) {
        return NetworkPrefix.newBuilder()
                .setAddress(ByteString.copyFrom(prefix.bytes()))
                .setPrefixLength(prefix.length())
                .build();
    }
}
