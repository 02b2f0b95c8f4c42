package io.ringfence.policy.render;

import static io.ringfence.protocol.declaration.Attribute.anything;
import static io.ringfence.protocol.declaration.Attribute.bool;
import static io.ringfence.protocol.declaration.Attribute.expression;
import static io.ringfence.protocol.declaration.Attribute.nestedList;
import static io.ringfence.protocol.declaration.Attribute.text;
import static io.ringfence.protocol.declaration.Attribute.texts;
import static io.ringfence.protocol.declaration.Attribute.time;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.declaration.Attribute;
import java.util.List;

/// A `policyrule`: one policy, or one rule of a ruleset, as somebody meets it.
final class PolicyRule {
    static final List<Attribute> ATTRIBUTES =
            List.of(
                    anything("action"),
                    nestedList("enforcerProfiles"),
                    nestedList("externalNetworks"),
                    nestedList("hostServices"),
                    text("name"),
                    nestedList("namespaces"),
                    text("policyNamespace"),
                    time("policyUpdateTime"),
                    bool("propagated"),
                    texts("relation"),
                    nestedList("services"),
                    expression("tagClauses"));

    private final ObjectNode node = JsonNodeFactory.instance.objectNode();

    /// @param namespace where it is met
    private PolicyRule(ObjectNode policy, String namespace, JsonNode tagClauses) {
        String home = policy.path("namespace").asText();
        node.putObject("action");
        node.putArray("enforcerProfiles");
        node.putArray("externalNetworks");
        node.putArray("hostServices");
        node.set("name", policy.path("name"));
        node.putArray("namespaces");
        node.put("policyNamespace", home);
        node.set("policyUpdateTime", policy.path("updateTime"));
        node.put("propagated", !home.equals(namespace));
        node.putArray("relation");
        node.putArray("services");
        node.set(
                "tagClauses",
                tagClauses.isArray() ? tagClauses : JsonNodeFactory.instance.arrayNode());
    }

    static PolicyRule of(ObjectNode policy, String namespace) {
        return new PolicyRule(policy, namespace, policy.path("object"));
    }

    /// @param direction `incoming` or `outgoing`
    static PolicyRule of(ObjectNode ruleset, JsonNode rule, String direction, String namespace) {
        PolicyRule made = new PolicyRule(ruleset, namespace, rule.path("object"));
        made.node.withArrayProperty("relation").add(direction);
        ObjectNode action =
                made.node
                        .withObjectProperty("action")
                        .putObject(rule.path("action").asText("Allow"));
        for (String name : List.of("name", "protocolPorts", "observationEnabled", "logsDisabled")) {
            action.set(name, rule.path(name));
        }
        return made;
    }

    /// @param name `externalNetworks`, or another list of those it means
    PolicyRule meaning(String name, List<ObjectNode> objects) {
        ArrayNode list = node.putArray(name);
        objects.forEach(list::add);
        return this;
    }

    ObjectNode node() {
        return node;
    }
}
