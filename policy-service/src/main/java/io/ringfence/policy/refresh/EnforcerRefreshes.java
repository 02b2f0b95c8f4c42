package io.ringfence.policy.refresh;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.policy.authoring.WorkloadIdentity;
import io.ringfence.protocol.behaviour.ObjectWriter;
import io.ringfence.protocol.behaviour.Outcome;
import io.ringfence.protocol.behaviour.Resources;
import io.ringfence.protocol.relation.Relation;
import io.ringfence.protocol.relation.RelationBehaviour;
import io.ringfence.protocol.relation.RelationCall;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/// `POST /enforcers/<id>/enforcerrefreshes`: the order's ID is the enforcer's. `POST
/// /enforcerrefreshes` itself means every enforcer of the namespace that the selector matches.
@ApplicationScoped
class EnforcerRefreshes implements RelationBehaviour {
    private final Resources resources;
    private final ObjectWriter writer;

    EnforcerRefreshes(Resources resources, ObjectWriter writer) {
        this.resources = resources;
        this.writer = writer;
    }

    @Override
    public Relation relation() {
        return Relation.between(WorkloadIdentity.ENFORCER, WorkloadIdentity.ENFORCER_REFRESH)
                .creatable();
    }

    @Override
    public Uni<Outcome> create(RelationCall call, ObjectNode sent) {
        return writer.create(
                resources.identified(WorkloadIdentity.ENFORCER_REFRESH).orElseThrow(),
                call.caller(),
                sent,
                order ->
                        order.put("ID", call.parent().path("ID").asText())
                                .put("namespace", call.parent().path("namespace").asText()),
                call.transaction());
    }
}
