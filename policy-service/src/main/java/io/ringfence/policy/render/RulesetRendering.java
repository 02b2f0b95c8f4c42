package io.ringfence.policy.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.tag.TagExpression;
import io.ringfence.policy.match.ApplicablePolicies;
import io.ringfence.policy.match.Tagged;
import io.ringfence.protocol.behaviour.Resources;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.query.Scope;
import io.ringfence.protocol.query.Selection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Rulesets as rules, each with the external networks it means.
@ApplicationScoped
class RulesetRendering {
    private static final String RULESET = "networkrulesetpolicy";

    private final ApplicablePolicies policies;
    private final Resources resources;

    RulesetRendering(ApplicablePolicies policies, Resources resources) {
        this.policies = policies;
        this.resources = resources;
    }

    /// The rules that count for who has these tags.
    Uni<List<ObjectNode>> applyingTo(String namespace, Set<String> tags, Transaction transaction) {
        return policies.bySide(RULESET, "subject", namespace, tags, transaction)
                .map(found ->
                        ApplicablePolicies.withoutNeedlessFallbacks(
                                found, RulesetRendering::enforces))
                .chain(rulesets -> rules(rulesets, namespace, rule -> true, transaction));
    }

    /// The rules that speak of who has these tags.
    Uni<List<ObjectNode>> naming(String namespace, Set<String> tags, Transaction transaction) {
        return policies.inForce(RULESET, namespace, transaction)
                .chain(rulesets ->
                        rules(
                                rulesets,
                                namespace,
                                rule -> Tagged.matches(rule.path("object"), tags),
                                transaction));
    }

    private Uni<List<ObjectNode>> rules(
            List<ObjectNode> rulesets,
            String namespace,
            java.util.function.Predicate<JsonNode> wanted,
            Transaction transaction) {
        return transaction
                .list(
                        resources.identified("externalnetwork").orElseThrow(),
                        Selection.of(new Scope(namespace, false, true)))
                .map(networks -> {
                    List<ObjectNode> rules = new ArrayList<>();
                    for (ObjectNode ruleset : rulesets) {
                        add(ruleset, "incoming", namespace, wanted, networks, rules);
                        add(ruleset, "outgoing", namespace, wanted, networks, rules);
                    }
                    return rules;
                });
    }

    private static void add(
            ObjectNode ruleset,
            String direction,
            String namespace,
            java.util.function.Predicate<JsonNode> wanted,
            List<ObjectNode> networks,
            List<ObjectNode> rules) {
        for (JsonNode rule : ruleset.path(direction + "Rules")) {
            if (wanted.test(rule)) {
                TagExpression object = Tagged.expression(rule.path("object"));
                rules.add(
                        PolicyRule.of(ruleset, rule, direction, namespace)
                                .meaning(
                                        "externalNetworks",
                                        networks.stream()
                                                .filter(each -> object.matches(Tagged.tagsOf(each)))
                                                .toList())
                                .node());
            }
        }
    }

    private static boolean enforces(ObjectNode ruleset) {
        return java.util.stream.Stream.of("incomingRules", "outgoingRules")
                .flatMap(direction -> ruleset.path(direction).valueStream())
                .anyMatch(rule -> !rule.path("observationEnabled").asBoolean());
    }
}
