package io.ringfence.policy.relations;

import io.ringfence.protocol.query.Scope;
import io.ringfence.protocol.relation.RelationCall;

/// Where the objects are that a policy, or a service, can mean, as far as the caller may see them.
final class Reach {
    private Reach() {}

    /// Whom it is about: those of its namespace and, if it is propagated, of all below.
    static Scope subjects(RelationCall call) {
        return call.parent().path("propagate").asBoolean()
                ? Scope.under(call.caller().namespace())
                : Scope.only(call.caller().namespace());
    }

    /// Workloads it speaks of: of the whole tenant, of which the caller sees a part.
    static Scope workloads(RelationCall call) {
        return Scope.under(call.caller().namespace());
    }

    /// Networks, profiles and services it speaks of: those that are visible where it counts.
    static Scope visible(RelationCall call) {
        return new Scope(
                call.caller().namespace(), call.parent().path("propagate").asBoolean(), true);
    }
}
