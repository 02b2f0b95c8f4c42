package io.ringfence.engine.incremental;

import io.ringfence.engine.ExternalNetwork;
import io.ringfence.engine.NamespaceState;
import io.ringfence.engine.ProcessingUnit;
import io.ringfence.engine.Ruleset;

/// What is now, or is no more.
public sealed interface Change {
    record NamespaceIs(NamespaceState namespace) implements Change {}

    record NamespaceGone(String name) implements Change {}

    record UnitIs(ProcessingUnit unit) implements Change {}

    record UnitGone(String id) implements Change {}

    /// Valid at the moment: one that is not is gone.
    record RulesetIs(Ruleset ruleset) implements Change {}

    record RulesetGone(String id) implements Change {}

    record NetworkIs(ExternalNetwork network) implements Change {}

    record NetworkGone(String id) implements Change {}
}
