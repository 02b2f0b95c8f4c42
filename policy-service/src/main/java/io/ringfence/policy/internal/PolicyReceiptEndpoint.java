package io.ringfence.policy.internal;

import com.google.protobuf.InvalidProtocolBufferException;
import io.ringfence.contracts.policy.PolicyReceipt;
import io.ringfence.policy.compile.CurrentPolicies;
import io.ringfence.protocol.error.Fault;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/// What became of a policy on its host: a serialized `PolicyReceipt`.
@Path("/internal/policyreceipts")
public class PolicyReceiptEndpoint {
    private final CurrentPolicies current;
    private final PolicyReceipts receipts;

    PolicyReceiptEndpoint(CurrentPolicies current, PolicyReceipts receipts) {
        this.current = current;
        this.receipts = receipts;
    }

    @POST
    @Path("{enforcerId}")
    @Consumes(PolicySnapshotEndpoint.PROTOBUF)
    public void receive(@PathParam("enforcerId") String enforcerId, byte[] body) {
        if (current.of(enforcerId).isEmpty()) {
            throw Fault.notFound("There is no policy for enforcer " + enforcerId).asException();
        }
        try {
            receipts.receive(enforcerId, PolicyReceipt.parseFrom(body));
        } catch (InvalidProtocolBufferException e) {
            throw Fault.badRequest("The body must be a serialized PolicyReceipt").asException();
        }
    }
}
