package io.ringfence.policy.internal;

import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.policy.publish.PolicySnapshots;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The current policy of one enforcer: a serialized `SignedPolicy`. One that another instance
/// numbers may not have been announced yet; a moment is waited for that.
@Path("/internal/policysnapshots")
public class PolicySnapshotEndpoint {
    static final String PROTOBUF = "application/x-protobuf";

    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final PolicySnapshots policies;

    PolicySnapshotEndpoint(PolicySnapshots policies) {
        this.policies = policies;
    }

    @GET
    @Path("{enforcerId}")
    @Produces(PROTOBUF)
    @Blocking
    public Uni<byte[]> snapshot(@PathParam("enforcerId") String enforcerId) {
        if (!policies.isFor(enforcerId)) {
            throw Fault.notFound("There is no policy for enforcer " + enforcerId).asException();
        }
        Instant deadline = Instant.now().plus(PATIENCE);
        return Uni.createFrom()
                .item(() -> policies.of(enforcerId))
                .repeat()
                .withDelay(PAUSE)
                .whilst(found -> found.isEmpty() && Instant.now().isBefore(deadline))
                .collect()
                .last()
                .map(PolicySnapshotEndpoint::announced);
    }

    private static byte[] announced(Optional<SignedPolicy> found) {
        return found.map(SignedPolicy::toByteArray)
                .orElseThrow(PolicySnapshotEndpoint::notAnnounced);
    }

    private static ApiException notAnnounced() {
        return Fault.of(
                        503,
                        "Service Unavailable",
                        "The enforcer's policy has changed and is not announced yet; ask again")
                .asException();
    }
}
