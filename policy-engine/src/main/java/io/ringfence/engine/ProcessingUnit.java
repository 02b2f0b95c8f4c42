package io.ringfence.engine;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/// A host or pod. `tags` are its normalized tags, complete. Its addresses count only while it runs;
/// of several claimants of one address in a tenant, the one with the lowest id (ids rise with time)
/// owns it. `enforcerId` is empty when nothing enforces for it. `targets` is where its enforcer
/// knows other processing units.
public record ProcessingUnit(
        String id,
        String namespace,
        String enforcerId,
        Set<String> tags,
        List<InetAddress> addresses,
        boolean running,
        TargetNetworks targets) {
    public ProcessingUnit {
        tags = Set.copyOf(tags);
        addresses = List.copyOf(addresses);
    }

    /// One whose enforcer knows processing units everywhere.
    public ProcessingUnit(
            String id,
            String namespace,
            String enforcerId,
            Set<String> tags,
            List<InetAddress> addresses,
            boolean running) {
        this(id, namespace, enforcerId, tags, addresses, running, TargetNetworks.EVERYWHERE);
    }

    public ProcessingUnit withTags(Set<String> others) {
        return others == tags
                ? this
                : new ProcessingUnit(
                        id, namespace, enforcerId, others, addresses, running, targets);
    }

    public ProcessingUnit withTargets(TargetNetworks others) {
        return others.equals(targets)
                ? this
                : new ProcessingUnit(id, namespace, enforcerId, tags, addresses, running, others);
    }
}
