package io.ringfence.policy.refresh;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.policy.authoring.WorkloadIdentity;
import io.ringfence.protocol.behaviour.ObjectId;
import io.ringfence.protocol.behaviour.ObjectWriter;
import io.ringfence.protocol.behaviour.Outcome;
import io.ringfence.protocol.behaviour.Resources;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.caller.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/// Gives orders about a processing unit to its enforcer: the order's ID is the unit's, and its
/// refreshID is its own.
@ApplicationScoped
public class UnitOrders {
    private final Resources resources;
    private final ObjectWriter writer;

    UnitOrders(Resources resources, ObjectWriter writer) {
        this.resources = resources;
        this.writer = writer;
    }

    public Uni<Outcome> give(
            ObjectNode unit, ObjectNode sent, Caller caller, Transaction transaction) {
        return writer.create(
                resources.identified(WorkloadIdentity.PROCESSING_UNIT_REFRESH).orElseThrow(),
                caller,
                sent,
                order ->
                        order.put("ID", unit.path("ID").asText())
                                .put("namespace", unit.path("namespace").asText())
                                .put("refreshID", ObjectId.fresh()),
                transaction);
    }
}
