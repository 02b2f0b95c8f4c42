package io.ringfence.identity.namespaces;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.identity.grammar.NamespaceName;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.error.Fault;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A namespace and its ancestors, nearest first, and what follows from them.
///
/// @param namespaces never empty; the last one is the root
record Lineage(List<ObjectNode> namespaces) {
    private static final String INHERIT = "Inherit";
    private static final String REJECT = "Reject";

    /// Fails with 404 if there is no such namespace.
    static Uni<Lineage> of(NamespaceName namespace, Transaction transaction) {
        return add(new ArrayList<>(), namespace, transaction).map(Lineage::new);
    }

    private static Uni<List<ObjectNode>> add(
            List<ObjectNode> found, NamespaceName namespace, Transaction transaction) {
        String home = namespace.isRoot() ? RootNamespace.NOWHERE : namespace.parent().absolute();
        return transaction
                .named(NamespaceResource.DECLARATION, home, namespace.absolute())
                .chain(object -> {
                    found.add(
                            object.orElseThrow(() ->
                                    Fault.notFound("There is no namespace " + namespace.absolute())
                                            .asException()));
                    return namespace.isRoot()
                            ? Uni.createFrom().item(found)
                            : add(found, namespace.parent(), transaction);
                });
    }

    ObjectNode own() {
        return namespaces.getFirst();
    }

    /// The nearest answer that is not `Inherit`: `Allow` or `Reject`.
    String action(String attribute) {
        return namespaces.stream()
                .map(each -> each.path(attribute).asText(INHERIT))
                .filter(action -> !action.equals(INHERIT))
                .findFirst()
                .orElse(REJECT);
    }

    /// Of the nearest namespace that says any.
    List<String> tagPrefixes() {
        return namespaces.stream()
                .map(each -> texts(each, NamespaceResource.TAG_PREFIXES))
                .filter(prefixes -> !prefixes.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /// Of all of them, the root's first, each once.
    Set<String> organizationalMetadata() {
        Set<String> tags = new LinkedHashSet<>();
        namespaces
                .reversed()
                .forEach(each ->
                        tags.addAll(texts(each, NamespaceResource.ORGANIZATIONAL_METADATA)));
        return tags;
    }

    /// Of the nearest namespace that names one; empty if none does.
    String defaultEnforcerVersion() {
        return namespaces.stream()
                .map(each -> each.path(NamespaceResource.DEFAULT_ENFORCER_VERSION).asText(""))
                .filter(version -> !version.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static List<String> texts(ObjectNode namespace, String attribute) {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : namespace.path(attribute)) {
            texts.add(each.asText());
        }
        return texts;
    }
}
