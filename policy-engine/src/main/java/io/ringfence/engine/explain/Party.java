package io.ringfence.engine.explain;

import io.ringfence.engine.ExternalNetwork;
import io.ringfence.engine.NamespaceState;
import io.ringfence.engine.Namespaces;
import io.ringfence.engine.PolicyEvaluator;
import io.ringfence.engine.ProcessingUnit;
import io.ringfence.engine.TargetNetworks;
import io.ringfence.engine.World;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An end of the connection, looked up: a processing unit with its tags, or only an address.
///
/// @param id empty for a hypothetical one
/// @param namespace empty for an address that is no processing unit's
/// @param address the one asked about; else the first of a stored processing unit's
/// @param targets where its enforcer knows others
record Party(
        String id,
        String namespace,
        Set<String> tags,
        boolean enforced,
        Optional<InetAddress> address,
        TargetNetworks targets) {
    private static final Comparator<ExternalNetwork> NEAREST_FIRST =
            Comparator.comparingInt((ExternalNetwork network) -> -network.namespace().length())
                    .thenComparing(ExternalNetwork::id);

    static Party of(World world, Owners owners, Endpoint endpoint, String seenFrom) {
        return switch (endpoint) {
            case Endpoint.Unit(String id) -> {
                ProcessingUnit unit = stored(world, id);
                yield of(unit, unit.addresses().stream().findFirst());
            }
            case Endpoint.Hypothetical(String namespace, Set<String> tags) ->
                    new Party(
                            "",
                            namespace,
                            normalized(world, namespace, tags),
                            true,
                            Optional.empty(),
                            TargetNetworks.EVERYWHERE);
            case Endpoint.Address(InetAddress address) ->
                    owners.of(address, seenFrom)
                            .map(owner -> of(owner, Optional.of(address)))
                            .orElseGet(() -> nobody(address));
        };
    }

    private static Party of(ProcessingUnit unit, Optional<InetAddress> address) {
        return new Party(
                unit.id(),
                unit.namespace(),
                unit.tags(),
                !unit.enforcerId().isEmpty(),
                address,
                unit.targets());
    }

    private static Party nobody(InetAddress address) {
        return new Party("", "", Set.of(), false, Optional.of(address), TargetNetworks.EVERYWHERE);
    }

    private static ProcessingUnit stored(World world, String id) {
        ProcessingUnit unit = world.processingUnits().get(id);
        if (unit == null) {
            throw new IllegalArgumentException("There is no processing unit '%s'".formatted(id));
        }
        return unit;
    }

    private static Set<String> normalized(World world, String namespace, Set<String> tags) {
        Set<String> all = new HashSet<>(tags);
        all.add("$identity=processingunit");
        all.add("$namespace=" + namespace);
        for (String name : Namespaces.upward(namespace)) {
            NamespaceState state = world.namespaces().get(name);
            if (state != null) {
                all.addAll(state.organizationalMetadata());
            }
        }
        return all;
    }

    boolean isUnit() {
        return !namespace.isEmpty();
    }

    boolean isSameUnitAs(Party other) {
        return !id.isEmpty() && id.equals(other.id);
    }

    /// How the rules of another one see it: by its own tags within the tenant and where they are
    /// known, else by the external networks that contain its address.
    List<Seen> seenBy(World world, Party judged, int protocol) {
        if (isUnit()
                && Namespaces.sameTenant(namespace, judged.namespace)
                && address.map(it -> judged.targets.hold(protocol, it)).orElse(true)) {
            return List.of(new Seen("", tags));
        }
        return address.map(it -> PolicyEvaluator.containing(world, judged.namespace, it).stream())
                .map(networks -> networks.sorted(NEAREST_FIRST).map(Seen::of).toList())
                .orElse(List.of());
    }

    /// One set of tags that objects are compared with.
    record Seen(String externalNetwork, Set<String> tags) {
        static Seen of(ExternalNetwork network) {
            return new Seen(network.id(), network.tags());
        }
    }
}
