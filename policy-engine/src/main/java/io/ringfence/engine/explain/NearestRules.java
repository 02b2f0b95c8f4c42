package io.ringfence.engine.explain;

import io.ringfence.contracts.port.ProtocolPorts;
import io.ringfence.contracts.tag.TagExpression;
import io.ringfence.engine.Action;
import io.ringfence.engine.Direction;
import io.ringfence.engine.PolicyEvaluator;
import io.ringfence.engine.Rule;
import io.ringfence.engine.Ruleset;
import io.ringfence.engine.Traffic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Finds what would have allowed a connection. What "nearest" means is said at [NearRule].
final class NearestRules {
    /// So many are told.
    static final int MOST = 5;

    /// So many are tried; behind them even true ones are too far away to be of use.
    private static final int MOST_TRIED = 200;

    /// So many clauses of a subject or an object are tried, those that need least first.
    private static final int MOST_CLAUSES = 3;

    private static final Comparator<Candidate> NEAREST_FIRST =
            Comparator.comparingInt(Candidate::distance)
                    .thenComparing(candidate -> !candidate.portsMatch)
                    .thenComparingInt(candidate -> -candidate.ruleset.namespace().length())
                    .thenComparing(candidate -> candidate.ruleset.id())
                    .thenComparingInt(candidate -> candidate.index);

    private final Situation situation;
    private final Predicate<Ruleset> readable;

    NearestRules(Situation situation, Predicate<Ruleset> readable) {
        this.situation = situation;
        this.readable = readable;
    }

    List<NearRule> find() {
        List<NearRule> found = new ArrayList<>();
        Set<String> told = new HashSet<>();
        for (Candidate candidate :
                candidates().stream().sorted(NEAREST_FIRST).limit(MOST_TRIED).toList()) {
            if (found.size() < MOST && !told.contains(candidate.rulePlace())) {
                whatHelps(candidate)
                        .ifPresent(near -> {
                            found.add(near);
                            told.add(candidate.rulePlace());
                        });
            }
        }
        return found;
    }

    private List<Candidate> candidates() {
        List<Candidate> candidates = new ArrayList<>();
        for (Ruleset ruleset : situation.world().rulesets().values()) {
            List<Rule> rules = ruleset.rulesOf(situation.direction());
            for (int index = 0; index < rules.size(); index++) {
                Rule rule = rules.get(index);
                boolean counts = rule.action() == Action.ALLOW && !rule.observation();
                if (counts && readable.test(ruleset)) {
                    addCandidates(ruleset, index, rule, candidates);
                }
            }
        }
        return candidates;
    }

    private void addCandidates(Ruleset ruleset, int index, Rule rule, List<Candidate> candidates) {
        boolean portsMatch = PolicyEvaluator.covers(rule, situation.traffic());
        List<Lack> peers = new ArrayList<>();
        for (Party.Seen seen : situation.peers()) {
            peers.addAll(least(rule.object(), seen));
        }
        if (situation.peers().isEmpty()) {
            peers.addAll(least(rule.object(), new Party.Seen("", Set.of())));
        }
        for (Lack own : least(ruleset.subject(), new Party.Seen("", situation.tags()))) {
            for (Lack peer : peers) {
                candidates.add(new Candidate(ruleset, index, rule, own, peer, portsMatch));
            }
        }
    }

    private static List<Lack> least(TagExpression expression, Party.Seen seen) {
        return expression.clauses().stream()
                .filter(clause -> !clause.isEmpty())
                .map(clause ->
                        new Lack(
                                seen,
                                clause.stream()
                                        .filter(term -> !holds(term, seen.tags()))
                                        .distinct()
                                        .toList()))
                .sorted(Comparator.comparingInt(lack -> lack.terms.size()))
                .limit(MOST_CLAUSES)
                .toList();
    }

    private static boolean holds(String term, Set<String> tags) {
        return new TagExpression(List.of(List.of(term))).matches(tags);
    }

    /// Asked and not reckoned: whatever else the change brings about is in the answer.
    private Optional<NearRule> whatHelps(Candidate candidate) {
        if (candidate.portsMatch) {
            return helps(candidate, situation.traffic())
                    ? Optional.of(candidate.near(situation, List.of()))
                    : Optional.empty();
        }
        List<String> ports =
                candidate.rule.ports().stream()
                        .filter(entry -> helps(candidate, one(entry)))
                        .map(ProtocolPorts::toString)
                        .toList();
        return ports.isEmpty() ? Optional.empty() : Optional.of(candidate.near(situation, ports));
    }

    private boolean helps(Candidate candidate, Traffic traffic) {
        if (situation.ownProtocolOnly() && traffic.protocol() != situation.traffic().protocol()) {
            return false;
        }
        return situation
                        .with(
                                candidate.own.witnesses(),
                                candidate.peer.seen,
                                candidate.peer.witnesses(),
                                traffic)
                        .verdict()
                        .action()
                == Action.ALLOW;
    }

    /// The lowest of what an entry speaks of.
    private static Traffic one(ProtocolPorts entry) {
        return switch (entry) {
            case ProtocolPorts.Any() -> Traffic.protocol(ProtocolPorts.TCP);
            case ProtocolPorts.Ports(int protocol, int low, int _) ->
                    new Traffic(protocol, low, 0, 0);
            case ProtocolPorts.Icmp icmp ->
                    new Traffic(
                            icmp.protocol(),
                            0,
                            icmp.type().orElse(0),
                            icmp.codes().isEmpty() ? 0 : icmp.codes().getFirst().low());
            case ProtocolPorts.Protocol(int number) -> Traffic.protocol(number);
        };
    }

    /// The terms of one clause that do not hold.
    private record Lack(Party.Seen seen, List<String> terms) {
        /// A tag for each; a prefix is the least that matches itself.
        Set<String> witnesses() {
            return terms.stream()
                    .map(term -> TagExpression.isPrefix(term) ? TagExpression.prefixOf(term) : term)
                    .collect(Collectors.toSet());
        }
    }

    private record Candidate(
            Ruleset ruleset, int index, Rule rule, Lack own, Lack peer, boolean portsMatch) {
        String rulePlace() {
            return ruleset.id() + "#" + index;
        }

        int distance() {
            return own.terms.size() + peer.terms.size() + (portsMatch ? 0 : 1);
        }

        NearRule near(Situation situation, List<String> ports) {
            boolean outgoing = situation.direction() == Direction.OUTGOING;
            return new NearRule(
                    ruleset.id(),
                    ruleset.name(),
                    ruleset.namespace(),
                    rule.name(),
                    outgoing ? own.terms : peer.terms,
                    outgoing ? peer.terms : own.terms,
                    situation.peerKind(),
                    peer.seen.externalNetwork(),
                    ports);
        }
    }
}
