package io.ringfence.policy.authoring;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.policy.namespaces.KnownNamespaces;
import io.ringfence.protocol.behaviour.Change;
import io.ringfence.protocol.behaviour.ResourceBehaviour;
import io.ringfence.protocol.declaration.Times;
import io.ringfence.protocol.error.Fault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// An enforcer speaks for itself only, and is the same object each time it registers: its ID is the
/// one in its certificate.
@ApplicationScoped
class EnforcerBehaviour implements ResourceBehaviour {
    /// The last sign of life; registering is the first.
    private static final String HEARD = "lastSyncTime";

    private final Clock clock;
    private final KnownNamespaces namespaces;

    EnforcerBehaviour(Clock clock, KnownNamespaces namespaces) {
        this.clock = clock;
        this.namespaces = namespaces;
    }

    @Override
    public String identity() {
        return WorkloadIdentity.ENFORCER;
    }

    @Override
    public List<String> derivedTags(ObjectNode enforcer) {
        return namespaces.organizationalTags(enforcer.path("namespace").asText());
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
        if (!create.object().has(HEARD)) {
            create.object().put(HEARD, Times.text(clock.instant()));
        }
        return Uni.createFrom().item(create.object());
    }

    @Override
    public Uni<ObjectNode> beforeUpdate(Change update) {
        onlyItself(update);
        ObjectNode enforcer = update.object();
        String before = update.stored().map(stored -> stored.path(HEARD).asText()).orElse("");
        if (!enforcer.has(HEARD) && !before.isEmpty()) {
            enforcer.put(HEARD, before);
        }
        if (enforcer.path(HEARD).asText().compareTo(before) > 0) {
            enforcer.put("unreachable", false);
        }
        return Uni.createFrom().item(enforcer);
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
