package io.ringfence.policy.internal;

import io.ringfence.contracts.topic.Partitioning;
import io.ringfence.policy.publish.DirectorySnapshots;
import io.ringfence.protocol.caller.CurrentCaller;
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
        return directories.of(tenant).toByteArray();
    }
}
