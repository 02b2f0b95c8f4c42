package io.ringfence.policy.refresh;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.policy.authoring.WorkloadIdentity;
import io.ringfence.protocol.behaviour.Change;
import io.ringfence.protocol.behaviour.ResourceBehaviour;
import io.ringfence.protocol.error.Fault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/// An order to a processing unit names the unit.
@ApplicationScoped
class UnitRefreshBehaviour implements ResourceBehaviour {

    @Override
    public String identity() {
        return WorkloadIdentity.PROCESSING_UNIT_REFRESH;
    }

    @Override
    public Uni<ObjectNode> beforeCreate(Change create) {
        if (create.object().path("ID").asText("").isEmpty()) {
            throw Fault.of(
                            405,
                            "Method Not Allowed",
                            "POST it to /processingunits/<id>/processingunitrefreshes")
                    .asException();
        }
        return Uni.createFrom().item(create.object());
    }
}
