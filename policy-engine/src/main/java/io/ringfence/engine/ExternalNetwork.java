package io.ringfence.engine;

import io.ringfence.contracts.network.NetworkEntry;
import java.util.List;
import java.util.Set;

/// Addresses that are no processing unit's, under a name. Domain entries contain no address here:
/// they gain them on the host, from the DNS answers its enforcer sees.
public record ExternalNetwork(
        String id,
        String name,
        String namespace,
        boolean propagate,
        Set<String> tags,
        List<NetworkEntry> entries) {
    public ExternalNetwork {
        tags = Set.copyOf(tags);
        entries = List.copyOf(entries);
    }
}
