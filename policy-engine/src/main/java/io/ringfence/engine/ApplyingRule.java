package io.ringfence.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A rule that speaks about one processing unit's direction, whoever the peer is.
record ApplyingRule(Ruleset ruleset, Rule rule, List<Match> matches) {
    /// Rejects before allows, then the order in which a rule is named for the verdict: nearest
    /// namespace, lowest ruleset id, rule index (kept by the stable sort).
    private static final Comparator<ApplyingRule> FIRST_DECIDES =
            Comparator.comparing((ApplyingRule applying) -> applying.rule.action() == Action.ALLOW)
                    .thenComparingInt(applying -> -applying.ruleset.namespace().length())
                    .thenComparing(applying -> applying.ruleset.id());

    static List<ApplyingRule> inOrder(List<Ruleset> rulesets, Direction direction) {
        List<ApplyingRule> applying = new ArrayList<>();
        for (Ruleset ruleset : rulesets) {
            for (Rule rule : ruleset.rulesOf(direction)) {
                applying.add(new ApplyingRule(ruleset, rule, Match.of(rule)));
            }
        }
        applying.sort(FIRST_DECIDES);
        return applying;
    }
}
