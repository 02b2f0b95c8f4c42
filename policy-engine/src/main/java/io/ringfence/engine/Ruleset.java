package io.ringfence.engine;

import io.ringfence.contracts.schedule.Validity;
import io.ringfence.contracts.tag.TagExpression;
import java.util.List;

/// A `networkrulesetpolicy`. Source: api.md §3.2. Outside its validity it is as good as disabled:
/// [World#at] leaves it out.
public record Ruleset(
        String id,
        String name,
        String namespace,
        boolean propagate,
        boolean fallback,
        boolean disabled,
        Validity validity,
        TagExpression subject,
        List<Rule> incoming,
        List<Rule> outgoing) {
    public Ruleset {
        incoming = List.copyOf(incoming);
        outgoing = List.copyOf(outgoing);
    }

    /// In the order they are written.
    public List<Rule> rulesOf(Direction direction) {
        return switch (direction) {
            case INCOMING -> incoming;
            case OUTGOING -> outgoing;
        };
    }

    /// Whether it does more than observe, in either direction.
    boolean enforces() {
        return incoming.stream().anyMatch(rule -> !rule.observation())
                || outgoing.stream().anyMatch(rule -> !rule.observation());
    }

    /// Those of the candidates that apply: fallback ones only if no other enforces anything.
    public static List<Ruleset> withoutNeedlessFallbacks(List<Ruleset> candidates) {
        boolean enforced =
                candidates.stream().anyMatch(ruleset -> !ruleset.fallback() && ruleset.enforces());
        return enforced
                ? candidates.stream().filter(ruleset -> !ruleset.fallback()).toList()
                : candidates;
    }
}
