package io.ringfence.engine.stored;

import io.ringfence.engine.World;
import java.util.Map;
import java.util.Set;

/// The world after some changes, and whom they can concern.
///
/// @param enforcers id of every registered enforcer to its namespace
/// @param tenants first namespaces below `/` in which something changed; the empty name stands for
///   `/` itself, which concerns everyone
public record WorldUpdate(World world, Map<String, String> enforcers, Set<String> tenants) {
    public WorldUpdate {
        enforcers = Map.copyOf(enforcers);
        tenants = Set.copyOf(tenants);
    }
}
