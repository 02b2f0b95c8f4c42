package io.ringfence.policy.internal;

import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.policy.publish.PolicySnapshots;
import io.ringfence.protocol.error.Fault;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;

/// The current policy of one enforcer: a serialized `SignedPolicy`.
@Path("/internal/policysnapshots")
public class PolicySnapshotEndpoint {
    static final String PROTOBUF = "application/x-protobuf";

    private final PolicySnapshots policies;

    PolicySnapshotEndpoint(PolicySnapshots policies) {
        this.policies = policies;
    }

    @GET
    @Path("{enforcerId}")
    @Produces(PROTOBUF)
    public byte[] snapshot(@PathParam("enforcerId") String enforcerId) {
        return policies.of(enforcerId)
                .map(SignedPolicy::toByteArray)
                .orElseThrow(() ->
                        Fault.notFound("There is no policy for enforcer " + enforcerId)
                                .asException());
    }
}
