package io.ringfence.store.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ringfence.protocol.declaration.AttributeType;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.filter.Filter;
import io.ringfence.protocol.filter.Filter.Comparator;
import io.ringfence.protocol.filter.Filter.Value;

/// Conditions as containment of one tree in another, PostgreSQL's `@>`: one index serves it for
/// every attribute, and it is the only way to look into lists of objects.
final class Containment {
    private Containment() {}

    /// Whether equality is best asked as containment: texts that are not empty (an empty one may be
    /// missing). Enumerations have too few values for an index to help.
    static boolean isIndexed(ResourceDeclaration resource, String path, Filter.Compare compare) {
        return compare.comparator() == Comparator.EQUAL
                && !Columns.has(path)
                && compare.value() instanceof Value.Text(String text)
                && !text.isEmpty()
                && resource.at(path)
                        .filter(each -> each.type() instanceof AttributeType.Text)
                        .isPresent();
    }

    /// Whether the path leads through a list of objects: `incomingRules.action`.
    static boolean leadsThroughList(ResourceDeclaration resource, String path) {
        for (int dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
            if (isList(resource, path.substring(0, dot))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isList(ResourceDeclaration resource, String path) {
        return resource.at(path)
                .filter(each -> each.type() instanceof AttributeType.NestedList)
                .isPresent();
    }

    /// The tree that an object must contain for the attribute to be, or to have, the value.
    static JsonNode tree(ResourceDeclaration resource, String path, JsonNode value) {
        boolean isOneValue =
                resource.at(path)
                        .filter(each ->
                                switch (each.type()) {
                                    case AttributeType.Text _,
                                            AttributeType.Enumeration _,
                                            AttributeType.Bool _,
                                            AttributeType.Whole _,
                                            AttributeType.Decimal _,
                                            AttributeType.Time _ ->
                                            true;
                                    case AttributeType _ -> false;
                                })
                        .isPresent();
        JsonNode tree = isOneValue ? value : JsonNodeFactory.instance.arrayNode().add(value);
        for (String at = path; !at.isEmpty(); ) {
            int dot = at.lastIndexOf('.');
            tree = JsonNodeFactory.instance.objectNode().set(at.substring(dot + 1), tree);
            at = dot < 0 ? "" : at.substring(0, dot);
            if (!at.isEmpty() && isList(resource, at)) {
                tree = JsonNodeFactory.instance.arrayNode().add(tree);
            }
        }
        return tree;
    }
}
