package io.ringfence.engine.explain;

import io.ringfence.engine.ExternalNetwork;
import io.ringfence.engine.NamespaceState;
import io.ringfence.engine.Namespaces;
import io.ringfence.engine.PolicyEvaluator;
import io.ringfence.engine.ProcessingUnit;
import io.ringfence.engine.World;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An end of the connection, looked up: a processing unit with its tags, or only an address.
///
/// @param id empty for a hypothetical one
/// @param namespace empty for an address that is no processing unit's
record Party(
        String id,
        String namespace,
        Set<String> tags,
        boolean enforced,
        Optional<InetAddress> address) {

    static Party of(World world, Endpoint endpoint, String seenFrom) {
        return switch (endpoint) {
            case Endpoint.Unit(String id) -> of(stored(world, id));
            case Endpoint.Hypothetical(String namespace, Set<String> tags) ->
                    new Party(
                            "",
                            namespace,
                            normalized(world, namespace, tags),
                            true,
                            Optional.empty());
            case Endpoint.Address(InetAddress address) ->
                    PolicyEvaluator.owner(world, seenFrom, address)
                            .map(Party::of)
                            .orElse(new Party("", "", Set.of(), false, Optional.of(address)));
        };
    }

    private static Party of(ProcessingUnit unit) {
        return new Party(
                unit.id(),
                unit.namespace(),
                unit.tags(),
                !unit.enforcerId().isEmpty(),
                unit.addresses().stream().findFirst());
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

    /// How rules of a namespace see it: by its own tags within the tenant, else by the external
    /// networks that contain its address.
    List<Seen> seenFrom(World world, String from) {
        if (isUnit() && Namespaces.sameTenant(namespace, from)) {
            return List.of(new Seen("", tags));
        }
        return address.map(it -> PolicyEvaluator.containing(world, from, it).stream())
                .map(networks -> networks.map(Seen::of).toList())
                .orElse(List.of());
    }

    /// One set of tags that objects are compared with.
    record Seen(String externalNetwork, Set<String> tags) {
        static Seen of(ExternalNetwork network) {
            return new Seen(network.id(), network.tags());
        }
    }
}
