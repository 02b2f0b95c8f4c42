package io.ringfence.metrics.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;

/// Orders reports by one attribute: numbers as numbers, all else as text. Times are text whose
/// order is theirs, as they are all written alike.
final class AttributeOrder {
    private AttributeOrder() {}

    static Comparator<ObjectNode> by(String attribute, boolean descending) {
        Comparator<ObjectNode> ascending =
                (left, right) -> compare(left.path(attribute), right.path(attribute));
        return descending ? ascending.reversed() : ascending;
    }

    private static int compare(JsonNode left, JsonNode right) {
        return left.isNumber() && right.isNumber()
                ? Long.compare(left.asLong(), right.asLong())
                : left.asText().compareTo(right.asText());
    }
}
