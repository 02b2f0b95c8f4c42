package io.ringfence.policy.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.policy.match.ApplicablePolicies;
import io.ringfence.policy.match.Tagged;
import io.ringfence.policy.namespaces.KnownNamespaces;
import io.ringfence.protocol.behaviour.Resources;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.query.Scope;
import io.ringfence.protocol.query.Selection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A `renderedpolicy`: everything that counts for one processing unit. What 5.0's datapath put on
/// the wire (`hashedTags`, `wireTags`) has no equal here and stays empty.
@ApplicationScoped
class UnitRendering {
    private final RulesetRendering rulesets;
    private final ApplicablePolicies policies;
    private final KnownNamespaces namespaces;
    private final Resources resources;

    UnitRendering(
            RulesetRendering rulesets,
            ApplicablePolicies policies,
            KnownNamespaces namespaces,
            Resources resources) {
        this.rulesets = rulesets;
        this.policies = policies;
        this.namespaces = namespaces;
        this.resources = resources;
    }

    /// @param tags the unit's; those its namespace gives are added
    Uni<ObjectNode> of(String namespace, Set<String> tags, Transaction transaction) {
        Set<String> all = new TreeSet<>(tags);
        all.addAll(namespaces.organizationalTags(namespace));
        ObjectNode rendered = JsonNodeFactory.instance.objectNode();
        rendered.put("defaultPUIncomingTrafficAction", namespaces.incomingAction(namespace));
        rendered.put("defaultPUOutgoingTrafficAction", namespaces.outgoingAction(namespace));
        rendered.putObject("hashedTags");
        rendered.putArray("wireTags");
        put(rendered, "processingUnitTags", all);
        return rulesets.applyingTo(namespace, all, transaction)
                .invoke(rules -> {
                    put(rendered, "matchingTags", matching(rules, all));
                    objects(rendered, "ruleSetPolicies", rules);
                })
                .chain(() -> services(namespace, all, transaction))
                .invoke(services -> objects(rendered, "exposedServices", services))
                .chain(() -> needed(namespace, all, transaction))
                .invoke(services -> objects(rendered, "dependendServices", services))
                .chain(() -> policies.of("tokenscopepolicy", namespace, all, transaction))
                .invoke(scopes -> {
                    Set<String> assigned = new TreeSet<>();
                    scopes.forEach(each ->
                            each.path("assignedScopes")
                                    .forEach(scope -> assigned.add(scope.asText())));
                    put(rendered, "scopes", assigned);
                })
                .replaceWith(rendered);
    }

    private Uni<List<ObjectNode>> services(
            String namespace, Set<String> tags, Transaction transaction) {
        return transaction
                .list(
                        resources.identified("service").orElseThrow(),
                        Selection.of(new Scope(namespace, false, true)))
                .map(found ->
                        found.stream()
                                .filter(each -> !each.path("disabled").asBoolean())
                                .filter(each -> Tagged.matches(each.path("selectors"), tags))
                                .map(this::shownService)
                                .toList());
    }

    private Uni<List<ObjectNode>> needed(
            String namespace, Set<String> tags, Transaction transaction) {
        return policies.of("servicedependency", namespace, tags, transaction)
                .chain(dependencies ->
                        transaction.list(
                                resources.identified("service").orElseThrow(),
                                Selection.of(new Scope(namespace, false, true))
                                        .where(
                                                Tagged.anyOf(
                                                        dependencies.stream()
                                                                .map(each ->
                                                                        Tagged.by(
                                                                                each.path(
                                                                                        "object")))
                                                                .toList()))))
                .map(found -> found.stream().map(this::shownService).toList());
    }

    private ObjectNode shownService(ObjectNode service) {
        return resources.shown(resources.identified("service").orElseThrow(), service);
    }

    /// Those of the unit's tags that a rule speaks of.
    private static Set<String> matching(List<ObjectNode> rules, Set<String> tags) {
        Set<String> matching = new TreeSet<>();
        for (ObjectNode rule : rules) {
            for (JsonNode clause : rule.path("tagClauses")) {
                clause.forEach(tag -> matching.add(tag.asText()));
            }
        }
        matching.retainAll(tags);
        return matching;
    }

    private static void put(ObjectNode node, String name, Collection<String> texts) {
        ArrayNode list = node.putArray(name);
        texts.forEach(list::add);
    }

    private static void objects(ObjectNode node, String name, List<ObjectNode> objects) {
        ArrayNode list = node.putArray(name);
        objects.forEach(list::add);
    }
}
