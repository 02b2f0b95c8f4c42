package io.ringfence.policy.internal;

import io.ringfence.contracts.policy.SignedDirectory;
import io.ringfence.contracts.topic.Partitioning;
import io.ringfence.policy.publish.DirectorySnapshots;
import io.ringfence.protocol.caller.CurrentCaller;
import io.ringfence.protocol.error.Fault;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

/// Who owns which address in the tenant of the request's namespace: a serialized `SignedDirectory`.
@Path("/internal/peerdirectory")
public class PeerDirectoryEndpoint {
    private final CurrentCaller caller;
    private final DirectorySnapshots directories;

    PeerDirectoryEndpoint(CurrentCaller caller, DirectorySnapshots directories) {
        this.caller = caller;
        this.directories = directories;
    }

    @GET
    @Produces(PolicySnapshotEndpoint.PROTOBUF)
    public byte[] directory() {
        String tenant = Partitioning.tenantOf(caller.inNamespace().namespace());
        return directories
                .of(tenant)
                .map(SignedDirectory::toByteArray)
                .orElseThrow(() ->
                        Fault.of(
                                        503,
                                        "Service Unavailable",
                                        "The service has not read everything yet; ask again")
                                .asException());
    }
}
