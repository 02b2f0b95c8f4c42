package io.ringfence.policy.heartbeat;

import io.ringfence.protocol.openapi.Content;
import io.ringfence.protocol.openapi.OperationDeclaration;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// What `/openapi` says about poking.
final class PokeOperations {
    PokeOperations() {}

    @Produces
    @Singleton
    static OperationDeclaration enforcer() {
        return common(
                        OperationDeclaration.get(
                                "/enforcers/{id}/poke", "Say that an enforcer is alive"))
                .with("cpuload", "number", "Understood and not kept")
                .with("memory", "integer", "Understood and not kept")
                .with("processes", "integer", "Understood and not kept")
                .with("version", "string", "The enforcer's version")
                .with("sessionID", "string", "Of the connection that is poked through")
                .with("sessionClose", "boolean", "The last poke of a session");
    }

    @Produces
    @Singleton
    static OperationDeclaration processingUnit() {
        return common(
                        OperationDeclaration.get(
                                "/processingunits/{id}/poke",
                                "Say that a processing unit is alive"))
                .with("notify", "boolean", "Order its enforcer to fetch its policy anew, too");
    }

    private static OperationDeclaration common(OperationDeclaration poke) {
        return poke.with("status", "string", "The new operational status")
                .with("enforcementStatus", "string", "The new enforcement status")
                .with("ts", "string", "When, by the enforcer's clock")
                .with("zhash", "integer", "Understood and not needed")
                .with("forceFullPoke", "boolean", "Understood and not needed")
                .answering(Content.list("poke"));
    }
}
