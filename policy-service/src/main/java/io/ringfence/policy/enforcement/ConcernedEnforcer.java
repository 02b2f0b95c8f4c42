package io.ringfence.policy.enforcement;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// An enforcer that a question is about.
///
/// @param name empty where the caller may not know it: the enforcer is not of the namespace asked
///   about, though it has processing units there
/// @param isUnreachable it was silent for long, said good-bye, or never said anything
record ConcernedEnforcer(String id, String name, String namespace, boolean isUnreachable) {

    static ConcernedEnforcer of(ObjectNode enforcer) {
        return new ConcernedEnforcer(
                enforcer.path("ID").asText(),
                enforcer.path("name").asText(),
                enforcer.path("namespace").asText(),
                enforcer.path("unreachable").asBoolean()
                        || enforcer.path("lastSyncTime").asText("").isEmpty()
                        || enforcer.path("operationalStatus").asText().equals("Disconnected"));
    }

    ConcernedEnforcer withoutName() {
        return new ConcernedEnforcer(id, "", "", isUnreachable);
    }

    String shown() {
        return name.isEmpty() ? id : name;
    }
}
