package io.ringfence.policy.authoring;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.behaviour.Change;
import io.ringfence.protocol.behaviour.ResourceBehaviour;
import io.ringfence.protocol.error.Fault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/// An enforcer speaks for itself only, and is the same object each time it registers: its ID is the
/// one in its certificate.
@ApplicationScoped
class EnforcerBehaviour implements ResourceBehaviour {

    @Override
    public String identity() {
        return WorkloadIdentity.ENFORCER;
    }

    @Override
    public Uni<Optional<String>> sameAs(Change create) {
        Optional<String> id = create.caller().enforcerId();
        if (id.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return create.transaction()
                .exclusively("enforcer " + id.get())
                .chain(() -> create.transaction().find(create.declaration(), id.get()))
                .map(found -> found.map(enforcer -> idHere(enforcer, create.namespace())));
    }

    private static String idHere(ObjectNode enforcer, String namespace) {
        String home = enforcer.path("namespace").asText();
        if (!home.equals(namespace)) {
            throw Fault.invalid(
                            "namespace",
                            "This enforcer is registered in %s; remove it there first"
                                    .formatted(home))
                    .asException();
        }
        return enforcer.path("ID").asText();
    }

    @Override
    public Uni<ObjectNode> beforeCreate(Change create) {
        create.caller().enforcerId().ifPresent(id -> create.object().put("ID", id));
        return Uni.createFrom().item(create.object());
    }

    @Override
    public Uni<ObjectNode> beforeUpdate(Change update) {
        onlyItself(update);
        return Uni.createFrom().item(update.object());
    }

    @Override
    public Uni<Void> beforeDelete(Change delete) {
        onlyItself(delete);
        return Uni.createFrom().voidItem();
    }

    private static void onlyItself(Change change) {
        String id = change.object().path("ID").asText();
        if (change.caller().enforcerId().filter(own -> !own.equals(id)).isPresent()) {
            throw Fault.forbidden("An enforcer may change only itself").asException();
        }
    }
}
