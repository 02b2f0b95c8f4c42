package io.ringfence.engine;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.network.Prefix;
import io.ringfence.contracts.policy.AddressClass;
import io.ringfence.contracts.policy.Decision;
import io.ringfence.contracts.policy.DirectionPolicy;
import io.ringfence.contracts.policy.PeerClass;
import io.ringfence.contracts.policy.PolicyAction;
import io.ringfence.contracts.policy.PortRule;
import io.ringfence.contracts.port.ProtocolPorts;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Builds one direction of one processing unit. Peers come as the set of rules whose object they
/// match; equal sets, and different sets that say the same, end up in one class.
final class DirectionProgram {
    private static final Match TCP = Match.of(new ProtocolPorts.Protocol(ProtocolPorts.TCP));
    private static final Match UDP = Match.of(new ProtocolPorts.Protocol(ProtocolPorts.UDP));

    private final List<ApplyingRule> rules;
    private final Decision defaultDecision;
    private final Texts texts;
    private final Map<Decision, Integer> decisions = new LinkedHashMap<>();
    private final Map<List<PortRule>, Integer> classes = new LinkedHashMap<>();
    private final Map<PeerRules, Integer> classOfRules = new HashMap<>();

    DirectionProgram(
            List<ApplyingRule> rules, Namespaces.DefaultAction defaultAction, Texts texts) {
        this.rules = rules;
        this.texts = texts;
        this.defaultDecision =
                Decision.newBuilder()
                        .setAction(actionOf(defaultAction.action()))
                        .setPolicyId(texts.index(Verdict.DEFAULT))
                        .setPolicyName(texts.index(Verdict.DEFAULT))
                        .setPolicyNamespace(texts.index(defaultAction.namespace()))
                        .build();
        decisions.put(defaultDecision, 0);
        classes.put(List.of(), 0);
    }

    /// Goes on from what is compiled: its decisions and classes keep their numbers, and new ones
    /// get the next.
    DirectionProgram(List<ApplyingRule> rules, DirectionPolicy compiled, Texts texts) {
        this.rules = rules;
        this.texts = texts;
        this.defaultDecision = compiled.getDecisions(0);
        compiled.getDecisionsList().forEach(known -> decisions.put(known, decisions.size()));
        compiled.getClassesList()
                .forEach(known -> classes.put(known.getProgramList(), classes.size()));
    }

    /// What a rule says by itself; if it only observes, in the observed fields.
    Decision saidBy(ApplyingRule rule) {
        return rule.rule().observation()
                ? observed(Decision.newBuilder(), rule).build()
                : decisionOf(rule).build();
    }

    /// The class of a peer that matches the objects of exactly these rules (indexes into the list
    /// given to the constructor).
    int classOf(PeerRules matching) {
        Integer known = classOfRules.get(matching);
        if (known != null) {
            return known;
        }
        List<PortRule> program = program(matching);
        int peerClass = classes.computeIfAbsent(program, _ -> classes.size());
        classOfRules.put(matching, peerClass);
        return peerClass;
    }

    DirectionPolicy build(List<Mapped<Integer>> peers, List<Mapped<Integer>> networks) {
        DirectionPolicy.Builder policy =
                DirectionPolicy.newBuilder().addAllDecisions(decisions.keySet());
        for (List<PortRule> program : classes.keySet()) {
            policy.addClasses(PeerClass.newBuilder().addAllProgram(program));
        }
        entries(peers).forEach(policy::addAddresses);
        entries(networks).forEach(policy::addNetworks);
        return policy.build();
    }

    /// Nothing for class 0, where everything is that is not listed.
    private static Stream<AddressClass> entries(List<Mapped<Integer>> classOfPrefix) {
        return classOfPrefix.stream()
                .filter(mapped -> mapped.value() != 0)
                .map(mapped -> entry(mapped.prefix(), mapped.value()));
    }

    static AddressClass entry(Prefix prefix, int peerClass) {
        return AddressClass.newBuilder()
                .setAddress(ByteString.copyFrom(prefix.bytes()))
                .setPrefixLength(prefix.length())
                .setPeerClass(peerClass)
                .build();
    }

    /// A protocol for which other rules match comes first and ends with the default, so that
    /// nothing behind it speaks of that protocol.
    private List<PortRule> program(PeerRules matching) {
        Program program = new Program();
        addApart(TCP, matching.tcp(), matching.other(), program);
        addApart(UDP, matching.udp(), matching.other(), program);
        addAll(Match.EVERYTHING, matching.other(), program);
        return program.entries;
    }

    private void addApart(Match protocol, BitSet matching, BitSet other, Program program) {
        if (!matching.equals(other)) {
            addAll(protocol, matching, program);
            program.add(protocol, 0);
        }
    }

    /// For every enforcing rule in order: first what observed rules say besides, then the rule
    /// alone; in the end what observed rules say where only the default decides.
    private void addAll(Match within, BitSet matching, Program program) {
        List<ApplyingRule> observed = new ArrayList<>();
        List<ApplyingRule> enforced = new ArrayList<>();
        matching.stream()
                .mapToObj(rules::get)
                .forEach(one -> (one.rule().observation() ? observed : enforced).add(one));
        for (ApplyingRule enforcing : enforced) {
            for (Match match : enforcing.matches()) {
                Match both = within.and(match);
                if (both != null) {
                    program.addObserved(both, enforcing, observed);
                    program.add(both, decision(enforcing, null));
                }
            }
        }
        program.addObserved(within, null, observed);
    }

    private int decision(@Nullable ApplyingRule enforcing, @Nullable ApplyingRule observing) {
        Decision.Builder decision =
                enforcing == null ? defaultDecision.toBuilder() : decisionOf(enforcing);
        if (observing != null) {
            observed(decision, observing);
        }
        return decisions.computeIfAbsent(decision.build(), _ -> decisions.size());
    }

    private Decision.Builder observed(Decision.Builder decision, ApplyingRule observing) {
        return decision.setObservedAction(actionOf(observing.rule().action()))
                .setObservedPolicyId(texts.index(observing.ruleset().id()))
                .setObservedPolicyNamespace(texts.index(observing.ruleset().namespace()));
    }

    private Decision.Builder decisionOf(ApplyingRule enforcing) {
        return Decision.newBuilder()
                .setAction(actionOf(enforcing.rule().action()))
                .setPolicyId(texts.index(enforcing.ruleset().id()))
                .setPolicyName(texts.index(enforcing.ruleset().name()))
                .setPolicyNamespace(texts.index(enforcing.ruleset().namespace()))
                .setRuleName(texts.index(enforcing.rule().name()))
                .setSilent(enforcing.rule().logsDisabled());
    }

    private static PolicyAction actionOf(Action action) {
        return switch (action) {
            case ALLOW -> PolicyAction.ALLOW;
            case REJECT -> PolicyAction.DENY;
        };
    }

    /// Entries in order, without those that an earlier one leaves nothing for.
    private final class Program {
        private final List<PortRule> entries = new ArrayList<>();
        private final List<Match> taken = new ArrayList<>();

        void addObserved(
                Match within, @Nullable ApplyingRule enforcing, List<ApplyingRule> observed) {
            for (ApplyingRule observing : observed) {
                for (Match match : observing.matches()) {
                    Match both = within.and(match);
                    if (both != null) {
                        add(both, decision(enforcing, observing));
                    }
                }
            }
        }

        void add(Match match, int decision) {
            if (taken.stream().noneMatch(earlier -> earlier.covers(match))) {
                taken.add(match);
                entries.add(match.toPortRule().setDecision(decision).build());
            }
        }
    }
}
