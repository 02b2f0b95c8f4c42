package io.ringfence.bench.compile;

import io.ringfence.engine.ProcessingUnit;
import io.ringfence.engine.Rule;
import io.ringfence.engine.Ruleset;
import java.util.List;

/// The naive way to find what a changed tag does: every expression of every ruleset is asked about
/// the unit before and after.
final class Rescan {
    private final List<Ruleset> rulesets;

    Rescan(List<Ruleset> rulesets) {
        this.rulesets = rulesets;
    }

    /// How many subjects and objects select the unit where they did not, or do not where they did.
    int toggled(ProcessingUnit before, ProcessingUnit after) {
        int toggled = 0;
        for (Ruleset ruleset : rulesets) {
            if (ruleset.subject().matches(before.tags())
                    != ruleset.subject().matches(after.tags())) {
                toggled++;
            }
            toggled += toggled(ruleset.incoming(), before, after);
            toggled += toggled(ruleset.outgoing(), before, after);
        }
        return toggled;
    }

    private static int toggled(List<Rule> rules, ProcessingUnit before, ProcessingUnit after) {
        int toggled = 0;
        for (Rule rule : rules) {
            if (rule.object().matches(before.tags()) != rule.object().matches(after.tags())) {
                toggled++;
            }
        }
        return toggled;
    }
}
