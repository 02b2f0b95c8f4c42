package io.ringfence.policy.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.topic.Partitioning;
import io.ringfence.policy.namespaces.KnownNamespaces;
import io.ringfence.protocol.behaviour.NormalizedTags;
import io.ringfence.protocol.behaviour.Resources;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.query.Scope;
import io.ringfence.protocol.query.Selection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Where processing units belong by the mappings there are.
@ApplicationScoped
public class UnitMapping {
    /// Where a unit registered.
    public static final String HOME = "registrationNamespace";

    /// What is about to be made has no time yet and is the youngest.
    static final Comparator<ObjectNode> OLDEST_FIRST =
            Comparator.<ObjectNode, Boolean>comparing(
                            mapping -> mapping.path("createTime").asText().isEmpty())
                    .thenComparing(mapping -> mapping.path("createTime").asText())
                    .thenComparing(mapping -> mapping.path("ID").asText());

    private static final String UNIT = "processingunit";

    private final KnownNamespaces namespaces;
    private final Instance<Resources> resources;

    UnitMapping(KnownNamespaces namespaces, Instance<Resources> resources) {
        this.namespaces = namespaces;
        this.resources = resources;
    }

    /// The namespace for a unit that registers, or registered, in `home`. No mapping there changes
    /// until the transaction ends.
    public Uni<String> destination(ObjectNode unit, String home, Transaction transaction) {
        return transaction
                .together(mappingsOf(home))
                .chain(() ->
                        descent(transaction, Function.identity())
                                .from(home, namespace -> tags(unit, namespace)));
    }

    /// Whether a mapping could tell the two apart.
    public boolean differ(ObjectNode unit, ObjectNode other) {
        return !tags(unit, "/").equals(tags(other, "/"));
    }

    /// For a unit that there is not: tags alone.
    Uni<String> destination(Set<String> tags, String home, Transaction transaction) {
        return descent(transaction, Function.identity())
                .from(
                        home,
                        namespace -> {
                            Set<String> all =
                                    tags.stream()
                                            .filter(each -> !each.startsWith("$namespace="))
                                            .collect(Collectors.toCollection(HashSet::new));
                            all.add("$identity=" + UNIT);
                            all.add("$namespace=" + namespace);
                            all.addAll(namespaces.organizationalTags(namespace));
                            return all;
                        });
    }

    /// Moves the units in and below a namespace that belong elsewhere by now.
    public Uni<Void> remap(String namespace, Transaction transaction) {
        Descent descent = descent(transaction, Function.identity());
        return exclusively(namespace, transaction)
                .chain(() -> transaction.list(units(), Selection.of(Scope.under(namespace))))
                .chain(found -> {
                    Uni<Void> done = Uni.createFrom().voidItem();
                    for (ObjectNode unit : found) {
                        done = done.chain(() -> move(descent, unit, home(unit), transaction));
                    }
                    return done;
                });
    }

    /// Moves the units that belong elsewhere once the mappings of a namespace are others.
    ///
    /// @param changing the namespace's mappings as stored, to as they will be
    Uni<Void> remap(
            String namespace,
            Function<List<ObjectNode>, List<ObjectNode>> changing,
            Transaction transaction) {
        Descent descent = descent(transaction, namespace, changing);
        ResourceDeclaration units = units();
        return transaction
                .list(units, Selection.of(Scope.under(namespace)))
                .chain(found -> {
                    Uni<Void> done = Uni.createFrom().voidItem();
                    for (ObjectNode unit : found) {
                        String home = home(unit);
                        if (home.equals(namespace) || Scope.isBelow(namespace, home)) {
                            done = done.chain(() -> move(descent, unit, home, transaction));
                        }
                    }
                    return done;
                });
    }

    private Uni<Void> move(Descent descent, ObjectNode unit, String home, Transaction transaction) {
        return descent.from(home, namespace -> tags(unit, namespace))
                .chain(destination -> {
                    if (destination.equals(unit.path("namespace").asText())) {
                        return Uni.createFrom().voidItem();
                    }
                    return transaction
                            .lock(units(), unit.path("ID").asText())
                            .chain(found ->
                                    found.map(current -> put(current, destination, transaction))
                                            .orElseGet(() -> Uni.createFrom().voidItem()));
                });
    }

    private Uni<Void> put(ObjectNode unit, String destination, Transaction transaction) {
        unit.put("namespace", destination);
        unit.set(
                "normalizedTags",
                NormalizedTags.of(units(), unit, namespaces.organizationalTags(destination)));
        return transaction.update(units(), unit).replaceWithVoid();
    }

    /// While mappings of a tenant change no unit of it does, or it could miss a mapping that is on
    /// its way. Units change beside one another.
    public static Uni<Void> exclusively(String namespace, Transaction transaction) {
        return transaction.exclusively(mappingsOf(namespace));
    }

    /// What units of the namespace hold together when they change, and a change of its mappings
    /// holds alone.
    public static String mappingsOf(String namespace) {
        return "namespace mappings of " + Partitioning.tenantOf(namespace);
    }

    private Descent descent(
            Transaction transaction,
            String changed,
            Function<List<ObjectNode>, List<ObjectNode>> changing) {
        return new Descent(
                namespaces,
                namespace ->
                        mappings(namespace, transaction)
                                .map(namespace.equals(changed) ? changing : found -> found)
                                .map(UnitMapping::inForce));
    }

    private Descent descent(
            Transaction transaction, Function<List<ObjectNode>, List<ObjectNode>> changing) {
        return descent(transaction, "", changing);
    }

    private static List<ObjectNode> inForce(List<ObjectNode> mappings) {
        return mappings.stream().filter(each -> !each.path("disabled").asBoolean()).toList();
    }

    private Uni<List<ObjectNode>> mappings(String namespace, Transaction transaction) {
        return transaction
                .list(
                        resources.get().identified(MappingIdentity.NAMESPACE_MAPPING).orElseThrow(),
                        Selection.of(Scope.only(namespace)))
                .map(found -> found.stream().sorted(OLDEST_FIRST).toList());
    }

    private Set<String> tags(ObjectNode unit, String namespace) {
        ObjectNode there = unit.deepCopy().put("namespace", namespace);
        return NormalizedTags.of(units(), there, namespaces.organizationalTags(namespace))
                .valueStream()
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
    }

    private static String home(ObjectNode unit) {
        return Optional.of(unit.path(HOME).asText(""))
                .filter(home -> !home.isEmpty())
                .orElseGet(() -> unit.path("namespace").asText());
    }

    private ResourceDeclaration units() {
        return resources.get().identified(UNIT).orElseThrow();
    }
}
