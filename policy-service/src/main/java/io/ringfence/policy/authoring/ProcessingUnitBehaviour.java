package io.ringfence.policy.authoring;

import com.fasterxml.jackson.databind.node.ObjectNode;
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

    ProcessingUnitBehaviour(AddressClaims claims) {
        this.claims = claims;
    }

    @Override
    public String identity() {
        return WorkloadIdentity.PROCESSING_UNIT;
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
        Selection selection =
                Selection.of(Scope.only(create.namespace()))
                        .where(new Filter.And(same))
                        .firstOnly(1);
        return create.transaction()
                .exclusively("processing units of " + enforcer)
                .chain(() -> create.transaction().list(create.declaration(), selection))
                .map(found -> found.stream().map(each -> each.path("ID").asText()).findFirst());
    }

    @Override
    public Uni<ObjectNode> beforeCreate(Change create) {
        return claims.settle(create);
    }

    @Override
    public Uni<ObjectNode> beforeUpdate(Change update) {
        claimed(update);
        return claims.settle(update);
    }

    @Override
    public Uni<Void> beforeDelete(Change delete) {
        claimed(delete);
        return claims.release(delete);
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
