package io.ringfence.identity.authorizations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.identity.grammar.NamespaceName;
import io.ringfence.protocol.behaviour.Change;
import io.ringfence.protocol.behaviour.ResourceBehaviour;
import io.ringfence.protocol.error.Fault;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// An authorization reaches down only: it authorizes in the namespace it lives in or below.
@Singleton
final class AuthorizationBehaviour implements ResourceBehaviour {
    private static final String TARGET = "authorizedNamespace";

    @Override
    public String identity() {
        return AuthorizationResource.DECLARATION.identity();
    }

    @Override
    public Uni<ObjectNode> beforeCreate(Change create) {
        return reachingDown(create);
    }

    @Override
    public Uni<ObjectNode> beforeUpdate(Change update) {
        return reachingDown(update);
    }

    private static Uni<ObjectNode> reachingDown(Change change) {
        NamespaceName target = new NamespaceName(change.object().path(TARGET).asText());
        if (new NamespaceName(change.namespace()).covers(target)) {
            return Uni.createFrom().item(change.object());
        }
        return Uni.createFrom()
                .failure(
                        Fault.invalid(
                                        TARGET,
                                        "Attribute 'authorizedNamespace' must be %s or below it"
                                                .formatted(change.namespace()))
                                .asException());
    }
}
