package io.ringfence.policy.internal;

import io.ringfence.contracts.policy.PolicyEdition;
import io.ringfence.policy.compile.CurrentPolicies;
import io.ringfence.policy.compile.CurrentPolicies.Edition;
import io.ringfence.protocol.error.Fault;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;

/// Which policy of one enforcer stands: a serialized `PolicyEdition`. Costs no signature, and most
/// enforcers that come back have it.
@Path("/internal/policyeditions")
public class PolicyEditionEndpoint {
    private final CurrentPolicies policies;

    PolicyEditionEndpoint(CurrentPolicies policies) {
        this.policies = policies;
    }

    @GET
    @Path("{enforcerId}")
    @Produces(PolicySnapshotEndpoint.PROTOBUF)
    public byte[] edition(@PathParam("enforcerId") String enforcerId) {
        return policies.edition(enforcerId)
                .map(PolicyEditionEndpoint::message)
                .orElseThrow(() ->
                        Fault.notFound("There is no policy for enforcer " + enforcerId)
                                .asException())
                .toByteArray();
    }

    private static PolicyEdition message(Edition edition) {
        return PolicyEdition.newBuilder()
                .setVersion(edition.version())
                .setDigest(edition.digest())
                .addAllTenants(edition.tenants())
                .build();
    }
}
