package io.ringfence.policy.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.policy.match.Tagged;
import io.ringfence.policy.namespaces.KnownNamespaces;
import io.ringfence.protocol.query.Scope;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// The way down: from a namespace to the one its first matching mapping names, and on from there,
/// until none matches. Each step leads deeper, so that it ends.
final class Descent {
    private final KnownNamespaces namespaces;
    private final Function<String, Uni<List<ObjectNode>>> mappingsOf;

    /// @param mappingsOf of a namespace, those that count, in the order they are asked
    Descent(KnownNamespaces namespaces, Function<String, Uni<List<ObjectNode>>> mappingsOf) {
        this.namespaces = namespaces;
        this.mappingsOf = mappingsOf;
    }

    /// @param tagsIn what the unit's tags are in a namespace
    Uni<String> from(String namespace, Function<String, Set<String>> tagsIn) {
        return mappingsOf
                .apply(namespace)
                .chain(mappings -> next(namespace, mappings, tagsIn.apply(namespace)))
                .chain(next ->
                        next.equals(namespace)
                                ? Uni.createFrom().item(namespace)
                                : from(next, tagsIn));
    }

    /// A mapping whose namespace is gone says nothing.
    private Uni<String> next(String namespace, List<ObjectNode> mappings, Set<String> tags) {
        for (int i = 0; i < mappings.size(); i++) {
            ObjectNode mapping = mappings.get(i);
            String target = mapping.path("mappedNamespace").asText();
            if (Scope.isBelow(target, namespace) && Tagged.matches(mapping.path("subject"), tags)) {
                List<ObjectNode> others = mappings.subList(i + 1, mappings.size());
                return namespaces
                        .exists(target)
                        .chain(exists ->
                                exists
                                        ? Uni.createFrom().item(target)
                                        : next(namespace, others, tags));
            }
        }
        return Uni.createFrom().item(namespace);
    }
}
