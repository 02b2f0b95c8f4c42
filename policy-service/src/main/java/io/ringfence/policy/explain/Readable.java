package io.ringfence.policy.explain;

import io.ringfence.engine.Namespaces;
import io.ringfence.engine.Ruleset;
import io.ringfence.protocol.caller.Caller;

/// What a caller may see from the namespace in which they ask: what is in it and below, and what
/// comes down to it.
record Readable(String namespace, boolean rulesets) {
    static Readable by(Caller caller) {
        return new Readable(caller.namespace(), caller.may("get", "networkrulesetpolicy"));
    }

    boolean ruleset(Ruleset ruleset) {
        boolean comesDown =
                ruleset.propagate() && Namespaces.isAbove(ruleset.namespace(), namespace);
        return rulesets && (comesDown || holds(ruleset.namespace()));
    }

    boolean holds(String other) {
        return namespace.equals(other) || Namespaces.isAbove(namespace, other);
    }
}
