package io.ringfence.policy.authoring;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.policy.mapping.UnitMapping;
import io.ringfence.policy.namespaces.KnownNamespaces;
import io.ringfence.protocol.behaviour.Change;
import io.ringfence.protocol.behaviour.ResourceBehaviour;
import io.ringfence.protocol.error.Fault;
import io.ringfence.protocol.filter.Filter;
import io.ringfence.protocol.query.Scope;
import io.ringfence.protocol.query.Selection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An enforcer speaks for its own processing units only; a unit that shows up again is the same
/// object; and of two that claim one address the older keeps it.
@ApplicationScoped
class ProcessingUnitBehaviour implements ResourceBehaviour {
    private static final String ENFORCER_ID = "enforcerID";

    private final AddressClaims claims;
    private final UnitMapping mapping;
    private final KnownNamespaces namespaces;

    ProcessingUnitBehaviour(AddressClaims claims, UnitMapping mapping, KnownNamespaces namespaces) {
        this.claims = claims;
        this.mapping = mapping;
        this.namespaces = namespaces;
    }

    @Override
    public String identity() {
        return WorkloadIdentity.PROCESSING_UNIT;
    }

    @Override
    public List<String> derivedTags(ObjectNode unit) {
        return namespaces.organizationalTags(unit.path("namespace").asText());
    }

    /// The same native context on the same enforcer; a host has one unit of type Host.
    @Override
    public Uni<Optional<String>> sameAs(Change create) {
        claimed(create);
        ObjectNode unit = create.object();
        String enforcer = unit.path(ENFORCER_ID).asText("");
        String context = unit.path("nativeContextID").asText("");
        boolean isHost = unit.path("type").asText("").equals("Host");
        if (enforcer.isEmpty() || (context.isEmpty() && !isHost)) {
            return Uni.createFrom().item(Optional.empty());
        }
        List<Filter> same = new ArrayList<>(List.of(Filter.equal(ENFORCER_ID, enforcer)));
        same.add(
                context.isEmpty()
                        ? Filter.equal("type", "Host")
                        : Filter.equal("nativeContextID", context));
        // Mappings may have pushed it down since.
        same.add(Filter.equal(UnitMapping.HOME, create.namespace()));
        Selection selection =
                Selection.of(Scope.under(create.namespace()))
                        .where(new Filter.And(same))
                        .firstOnly(1);
        return create.transaction()
                .exclusively("processing units of " + enforcer)
                .chain(() -> create.transaction().list(create.declaration(), selection))
                .map(found -> found.stream().map(each -> each.path("ID").asText()).findFirst());
    }

    @Override
    public Uni<ObjectNode> beforeCreate(Change create) {
        create.object().put(UnitMapping.HOME, create.namespace());
        return mapped(create, create.namespace()).chain(() -> claims.settle(create));
    }

    @Override
    public Optional<String> togetherWith(String namespace) {
        return Optional.of(UnitMapping.mappingsOf(namespace));
    }

    @Override
    public Uni<ObjectNode> beforeUpdate(Change update) {
        claimed(update);
        archiveIfOver(update);
        ObjectNode unit = update.object();
        if (update.stored().filter(stored -> mapping.differ(stored, unit)).isEmpty()) {
            return claims.settle(update);
        }
        return mapped(update, unit.path(UnitMapping.HOME).asText(update.namespace()))
                .chain(() -> claims.settle(update));
    }

    private Uni<Void> mapped(Change change, String home) {
        return mapping.destination(change.object(), home, change.transaction())
                .invoke(namespace -> change.object().put("namespace", namespace))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> beforeDelete(Change delete) {
        claimed(delete);
        return claims.release(delete);
    }

    /// What has ended for good is out of the way; what is back is there again.
    private static void archiveIfOver(Change update) {
        ObjectNode unit = update.object();
        boolean wasOver = update.stored().filter(ProcessingUnitBehaviour::isTerminated).isPresent();
        if (isTerminated(unit) != wasOver) {
            unit.put("archived", !wasOver);
        }
    }

    private static boolean isTerminated(ObjectNode unit) {
        return unit.path("operationalStatus").asText().equals("Terminated");
    }

    /// A unit belongs to the enforcer that says it is there.
    private static void claimed(Change change) {
        Optional<String> own = change.caller().enforcerId();
        if (own.isEmpty()) {
            return;
        }
        String before = change.stored().map(unit -> unit.path(ENFORCER_ID).asText("")).orElse("");
        String after = change.object().path(ENFORCER_ID).asText("");
        if ((!before.isEmpty() && !before.equals(own.get()))
                || (!after.isEmpty() && !after.equals(own.get()))) {
            throw Fault.forbidden("An enforcer may change only its own processing units")
                    .asException();
        }
        change.object().put(ENFORCER_ID, own.get());
    }
}
