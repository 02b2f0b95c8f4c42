package io.ringfence.engine.incremental;

import io.ringfence.engine.Namespaces;
import io.ringfence.engine.Ruleset;

/// A ruleset in one of the tenants it reaches. Its number is never given again.
final class AttachedRuleset {
    final int number;
    final Ruleset ruleset;
    final Group subject;
    final Group[] objects;

    /// @param objects the groups of its rules' objects, each as often as a rule names it
    AttachedRuleset(int number, Ruleset ruleset, Group subject, Group[] objects) {
        this.number = number;
        this.ruleset = ruleset;
        this.subject = subject;
        this.objects = objects;
    }

    boolean reaches(Unit unit) {
        return Namespaces.reaches(ruleset.namespace(), ruleset.propagate(), unit.state.namespace());
    }
}
