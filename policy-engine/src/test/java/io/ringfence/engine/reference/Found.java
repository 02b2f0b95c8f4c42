package io.ringfence.engine.reference;

import io.ringfence.engine.Action;
import io.ringfence.engine.Rule;
import io.ringfence.engine.Ruleset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules that match, and which of them decides.
final class Found {
    private final List<Line> lines = new ArrayList<>();

    record Line(Ruleset ruleset, int index, Rule rule) {}

    void add(Ruleset ruleset, int index, Rule rule) {
        lines.add(new Line(ruleset, index, rule));
    }

    /// Any reject, else any allow; null when nothing matched.
    @Nullable Line deciding() {
        Line reject = named(Action.REJECT);
        return reject != null ? reject : named(Action.ALLOW);
    }

    private @Nullable Line named(Action action) {
        Line named = null;
        for (Line line : lines) {
            if (line.rule.action() == action && (named == null || isNamedBefore(line, named))) {
                named = line;
            }
        }
        return named;
    }

    /// Nearest namespace (the rulesets come from one line of ancestors), lowest id, rule index.
    private static boolean isNamedBefore(Line one, Line other) {
        int depth = Words.path(one.ruleset.namespace()).size();
        int otherDepth = Words.path(other.ruleset.namespace()).size();
        if (depth != otherDepth) {
            return depth > otherDepth;
        }
        int ids = one.ruleset.id().compareTo(other.ruleset.id());
        return ids != 0 ? ids < 0 : one.index < other.index;
    }
}
