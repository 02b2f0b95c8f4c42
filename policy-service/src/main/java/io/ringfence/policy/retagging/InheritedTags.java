package io.ringfence.policy.retagging;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.policy.mapping.UnitMapping;
import io.ringfence.policy.namespaces.KnownNamespaces;
import io.ringfence.protocol.behaviour.NormalizedTags;
import io.ringfence.protocol.behaviour.Resources;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.query.Scope;
import io.ringfence.protocol.query.Selection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/// Objects whose stored tags are not what their namespace gives them now.
@ApplicationScoped
class InheritedTags {
    private static final List<String> TAGGED =
            List.of("processingunit", "externalnetwork", "enforcer");

    private final Resources resources;
    private final KnownNamespaces namespaces;
    private final UnitMapping mapping;

    InheritedTags(Resources resources, KnownNamespaces namespaces, UnitMapping mapping) {
        this.resources = resources;
        this.namespaces = namespaces;
        this.mapping = mapping;
    }

    /// Tags anew what is in and below the namespace, and lets mappings have their say. Answers how
    /// many objects were not as they should be.
    Uni<Integer> renew(String namespace, Transaction transaction) {
        return transaction
                .exclusively("tags of " + namespace)
                // Before any unit, as whoever changes one does.
                .chain(() -> UnitMapping.exclusively(namespace, transaction))
                .chain(() ->
                        Multi.createFrom()
                                .iterable(TAGGED)
                                .onItem()
                                .transformToUniAndConcatenate(identity ->
                                        renew(
                                                resources.identified(identity).orElseThrow(),
                                                namespace,
                                                transaction))
                                .collect()
                                .with(java.util.stream.Collectors.summingInt(count -> count)))
                .call(() -> mapping.remap(namespace, transaction));
    }

    private Uni<Integer> renew(
            ResourceDeclaration resource, String namespace, Transaction transaction) {
        return transaction
                .list(resource, Selection.of(Scope.under(namespace)))
                .chain(found ->
                        Multi.createFrom()
                                .iterable(found)
                                .filter(object -> isOutdated(resource, object))
                                .onItem()
                                .transformToUniAndConcatenate(
                                        object -> renewed(resource, object, transaction))
                                .collect()
                                .asList()
                                .map(List::size));
    }

    /// What was listed may have changed since.
    private Uni<Boolean> renewed(
            ResourceDeclaration resource, ObjectNode object, Transaction transaction) {
        return transaction
                .lock(resource, object.path("ID").asText())
                .chain(found -> {
                    if (found.isEmpty()) {
                        return Uni.createFrom().item(false);
                    }
                    ObjectNode current = found.get();
                    current.set("normalizedTags", tags(resource, current));
                    return transaction.update(resource, current).replaceWith(true);
                });
    }

    private boolean isOutdated(ResourceDeclaration resource, ObjectNode object) {
        return !tags(resource, object).equals(object.path("normalizedTags"));
    }

    private ArrayNode tags(ResourceDeclaration resource, ObjectNode object) {
        return NormalizedTags.of(
                resource, object, namespaces.organizationalTags(object.path("namespace").asText()));
    }
}
