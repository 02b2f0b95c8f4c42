package io.ringfence.policy.refresh;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.policy.authoring.WorkloadIdentity;
import io.ringfence.protocol.behaviour.Outcome;
import io.ringfence.protocol.relation.Relation;
import io.ringfence.protocol.relation.RelationBehaviour;
import io.ringfence.protocol.relation.RelationCall;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/// `POST /processingunits/<id>/processingunitrefreshes`.
@ApplicationScoped
class ProcessingUnitRefreshes implements RelationBehaviour {
    private final UnitOrders orders;

    ProcessingUnitRefreshes(UnitOrders orders) {
        this.orders = orders;
    }

    @Override
    public Relation relation() {
        return Relation.between(
                        WorkloadIdentity.PROCESSING_UNIT, WorkloadIdentity.PROCESSING_UNIT_REFRESH)
                .creatable();
    }

    @Override
    public Uni<Outcome> create(RelationCall call, ObjectNode sent) {
        return orders.give(call.parent(), sent, call.caller(), call.transaction());
    }
}
