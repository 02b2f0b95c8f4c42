package io.ringfence.policy.compile;

import io.ringfence.contracts.schedule.Validity;
import io.ringfence.engine.Ruleset;
import io.ringfence.engine.incremental.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which rulesets are valid, as time passes: to whoever compiles, one that is not valid is gone.
final class ValidRulesets {
    /// Those that time can turn.
    private final Map<String, Ruleset> timed = new HashMap<>();

    /// Those of them that are valid.
    private final Set<String> valid = new HashSet<>();

    /// The changes as they are at this instant, and what time has changed besides.
    List<Change> at(Instant now, List<Change> changes) {
        List<Change> effective = new ArrayList<>(changes.size());
        for (Change change : changes) {
            switch (change) {
                case Change.RulesetIs(Ruleset ruleset) when canTurn(ruleset.validity()) -> {
                    timed.put(ruleset.id(), ruleset);
                    effective.add(turn(ruleset, now));
                }
                case Change.RulesetIs(Ruleset ruleset) -> {
                    forget(ruleset.id());
                    effective.add(change);
                }
                case Change.RulesetGone(String id) -> {
                    forget(id);
                    effective.add(change);
                }
                default -> effective.add(change);
            }
        }
        for (Ruleset ruleset : timed.values()) {
            if (ruleset.validity().isActiveAt(now) != valid.contains(ruleset.id())) {
                effective.add(turn(ruleset, now));
            }
        }
        return effective;
    }

    /// Up to this instant, excluded, time changes nothing.
    Instant nextChange(Instant after) {
        return timed.values().stream()
                .filter(ruleset -> !ruleset.disabled())
                .flatMap(ruleset -> ruleset.validity().nextChange(after).stream())
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    private Change turn(Ruleset ruleset, Instant now) {
        if (ruleset.validity().isActiveAt(now)) {
            valid.add(ruleset.id());
            return new Change.RulesetIs(ruleset);
        }
        valid.remove(ruleset.id());
        return new Change.RulesetGone(ruleset.id());
    }

    private void forget(String id) {
        timed.remove(id);
        valid.remove(id);
    }

    private static boolean canTurn(Validity validity) {
        return validity.schedule().isPresent() || validity.expires().isPresent();
    }
}
