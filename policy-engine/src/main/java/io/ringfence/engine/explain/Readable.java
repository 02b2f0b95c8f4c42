package io.ringfence.engine.explain;

import io.ringfence.engine.Namespaces;
import io.ringfence.engine.Ruleset;

/// What whoever asks may see from the namespace in which they ask: what is in it and below, and
/// what comes down to it.
///
/// @param rulesets whether they may read rulesets there at all
public record Readable(String namespace, boolean rulesets) {
    public boolean ruleset(Ruleset ruleset) {
        boolean comesDown =
                ruleset.propagate() && Namespaces.isAbove(ruleset.namespace(), namespace);
        return rulesets && (comesDown || holds(ruleset.namespace()));
    }

    public boolean holds(String other) {
        return namespace.equals(other) || Namespaces.isAbove(namespace, other);
    }
}
