package io.ringfence.protocol.behaviour;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Everything an expression may match an object by (`reference/api.md` §0): tags derived from its
/// attributes, its user tags, its metadata, and what its resource adds. Sorted, each once.
public final class NormalizedTags {
    private NormalizedTags() {}

    public static ArrayNode of(ResourceDeclaration resource, ObjectNode object, List<String> more) {
        Set<String> tags = new TreeSet<>(more);
        tags.add("$identity=" + resource.identity());
        derive(tags, "$id=", object.path("ID"));
        derive(tags, "$name=", object.path("name"));
        derive(tags, "$namespace=", object.path("namespace"));
        derive(tags, "$type=", object.path("type"));
        object.path("associatedTags").forEach(tag -> tags.add(tag.asText()));
        object.path("metadata").forEach(tag -> tags.add(tag.asText()));
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        tags.forEach(list::add);
        return list;
    }

    private static void derive(Set<String> tags, String prefix, JsonNode value) {
        String text = value.asText("");
        if (!text.isEmpty()) {
            tags.add(prefix + text);
        }
    }
}
