package io.ringfence.engine.stored;

import io.ringfence.engine.ExternalNetwork;
import io.ringfence.engine.NamespaceState;
import io.ringfence.engine.ProcessingUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The `@org:` tags of a namespace and those above it, which everything in it carries. They are
/// added here, where namespaces are known as they are now, and not when an object is stored.
final class OrganizationalTags {
    private final Map<String, NamespaceState> namespaces;
    private final Map<String, Set<String>> known = new HashMap<>();

    OrganizationalTags(Map<String, NamespaceState> namespaces) {
        this.namespaces = namespaces;
    }

    ProcessingUnit addTo(ProcessingUnit unit) {
        Set<String> tags = with(unit.namespace(), unit.tags());
        return tags.size() == unit.tags().size() ? unit : unit.withTags(tags);
    }

    ExternalNetwork addTo(ExternalNetwork network) {
        Set<String> tags = with(network.namespace(), network.tags());
        return tags.size() == network.tags().size()
                ? network
                : new ExternalNetwork(
                        network.id(),
                        network.name(),
                        network.namespace(),
                        network.propagate(),
                        tags,
                        network.entries());
    }

    Set<String> with(String namespace, Set<String> tags) {
        Set<String> inherited = of(namespace);
        if (tags.containsAll(inherited)) {
            return tags;
        }
        Set<String> all = new HashSet<>(tags);
        all.addAll(inherited);
        return all;
    }

    private Set<String> of(String namespace) {
        Set<String> cached = known.get(namespace);
        if (cached != null) {
            return cached;
        }
        Set<String> tags = new HashSet<>();
        NamespaceState state = namespaces.get(namespace);
        if (state != null) {
            tags.addAll(state.organizationalMetadata());
        }
        if (namespace.length() > 1) {
            tags.addAll(of(namespace.substring(0, Math.max(1, namespace.lastIndexOf('/')))));
        }
        known.put(namespace, tags);
        return tags;
    }
}
