package io.ringfence.engine;

import io.ringfence.contracts.network.NetworkEntry;
import java.util.List;
import java.util.Set;

/// Addresses that are no processing unit's, under a name. Domain entries contain no address by
/// themselves: they gain them from DNS answers, see [io.ringfence.engine.names].
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
