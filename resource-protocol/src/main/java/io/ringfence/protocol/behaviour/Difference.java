package io.ringfence.protocol.behaviour;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import java.util.Comparator;
import java.util.Set;

/// What an update changes: attribute → [before, after], null where there was none. Leaves out what
/// changes with every update or follows from the rest, and never shows a secret: one that changed
/// is there with its zero twice.
///
/// @param isQuiet something changed, and nothing but heartbeats
public record Difference(ObjectNode tree, boolean isQuiet) {
    private static final Set<String> NOISE =
            Set.of("updateTime", "normalizedTags", "updateIdempotencyKey");

    public static Difference none() {
        return new Difference(JsonNodeFactory.instance.objectNode(), false);
    }

    public static Difference between(
            ResourceDeclaration resource, ObjectNode before, ObjectNode after) {
        ObjectNode shownBefore = resource.withoutSecrets(before);
        ObjectNode shownAfter = resource.withoutSecrets(after);
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        boolean quiet = true;
        for (Attribute attribute : resource.attributes().values()) {
            String name = attribute.name();
            if (!NOISE.contains(name) && !same(before.path(name), after.path(name))) {
                tree.putArray(name).add(shown(shownBefore, name)).add(shown(shownAfter, name));
                quiet &= attribute.isQuiet();
            }
        }
        return new Difference(tree, quiet && !tree.isEmpty());
    }

    private static JsonNode shown(ObjectNode object, String name) {
        JsonNode value = object.path(name);
        return value.isMissingNode() ? NullNode.getInstance() : value;
    }

    /// 1 and 1.0 are the same, which nodes of different types are not.
    private static boolean same(JsonNode before, JsonNode after) {
        Comparator<JsonNode> numbers =
                (one, other) ->
                        one.isNumber() && other.isNumber()
                                ? one.decimalValue().compareTo(other.decimalValue())
                                : one.equals(other) ? 0 : 1;
        return before.equals(numbers, after);
    }
}
