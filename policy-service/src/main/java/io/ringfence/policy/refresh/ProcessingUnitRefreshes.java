package io.ringfence.policy.refresh;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.policy.authoring.WorkloadIdentity;
import io.ringfence.protocol.behaviour.ObjectId;
import io.ringfence.protocol.behaviour.ObjectWriter;
import io.ringfence.protocol.behaviour.Outcome;
import io.ringfence.protocol.behaviour.Resources;
import io.ringfence.protocol.relation.Relation;
import io.ringfence.protocol.relation.RelationBehaviour;
import io.ringfence.protocol.relation.RelationCall;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/// `POST /processingunits/<id>/processingunitrefreshes`: the order's ID is the unit's, and its
/// refreshID is its own.
@ApplicationScoped
class ProcessingUnitRefreshes implements RelationBehaviour {
    private final Resources resources;
    private final ObjectWriter writer;

    ProcessingUnitRefreshes(Resources resources, ObjectWriter writer) {
        this.resources = resources;
        this.writer = writer;
    }

    @Override
    public Relation relation() {
        return Relation.between(
                        WorkloadIdentity.PROCESSING_UNIT, WorkloadIdentity.PROCESSING_UNIT_REFRESH)
                .creatable();
    }

    @Override
    public Uni<Outcome> create(RelationCall call, ObjectNode sent) {
        return writer.create(
                resources.identified(WorkloadIdentity.PROCESSING_UNIT_REFRESH).orElseThrow(),
                call.caller(),
                sent,
                order ->
                        order.put("ID", call.parent().path("ID").asText())
                                .put("namespace", call.parent().path("namespace").asText())
                                .put("refreshID", ObjectId.fresh()),
                call.transaction());
    }
}
