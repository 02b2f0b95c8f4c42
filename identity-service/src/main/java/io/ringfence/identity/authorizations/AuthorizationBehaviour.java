package io.ringfence.identity.authorizations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.identity.grammar.NamespaceName;
import io.ringfence.identity.roles.Deprecation;
import io.ringfence.identity.roles.Grantable;
import io.ringfence.protocol.behaviour.Change;
import io.ringfence.protocol.behaviour.ResourceBehaviour;
import io.ringfence.protocol.error.Fault;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/// An authorization reaches down only: it authorizes in the namespace it lives in or below. Whoever
/// writes one must hold what it grants, whatever of it they change: its subject, its limits, or the
/// rights themselves.
@Singleton
final class AuthorizationBehaviour implements ResourceBehaviour {
    private static final String TARGET = "authorizedNamespace";
    private static final String GRANTED = "authorizedIdentities";

    @Override
    public String identity() {
        return AuthorizationResource.DECLARATION.identity();
    }

    @Override
    public Uni<ObjectNode> beforeCreate(Change create) {
        return checked(create);
    }

    @Override
    public Uni<ObjectNode> beforeUpdate(Change update) {
        return checked(update);
    }

    private static Uni<ObjectNode> checked(Change change) {
        ObjectNode policy = change.object();
        NamespaceName target = new NamespaceName(policy.path(TARGET).asText());
        if (!new NamespaceName(change.namespace()).covers(target)) {
            throw Fault.invalid(
                            TARGET,
                            "Attribute 'authorizedNamespace' must be %s or below it"
                                    .formatted(change.namespace()))
                    .asException();
        }
        List<String> granted = new ArrayList<>();
        for (JsonNode each : policy.path(GRANTED)) {
            granted.add(each.asText());
        }
        Grantable.require(change.caller(), GRANTED, granted);
        Deprecation.of(granted).forEach(change::say);
        return Uni.createFrom().item(policy);
    }
}
