package io.ringfence.engine;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/// A host or pod. `tags` are its normalized tags, complete. Its addresses count only while it runs;
/// of several claimants of one address in a tenant, the one with the lowest id (ids rise with time)
/// owns it. `enforcerId` is empty when nothing enforces for it.
public record ProcessingUnit(
        String id,
        String namespace,
        String enforcerId,
        Set<String> tags,
        List<InetAddress> addresses,
        boolean running) {
    public ProcessingUnit {
        tags = Set.copyOf(tags);
        addresses = List.copyOf(addresses);
    }
}
