package io.ringfence.policy.match;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.tag.TagExpression;
import io.ringfence.protocol.filter.Filter;
import io.ringfence.protocol.filter.Filter.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Objects that a tag expression matches by their normalized tags (DESIGN §4.2).
public final class Tagged {
    private static final String TAGS = "normalizedTags";
    private static final Filter NONE = new Filter.AnyOf("ID", List.of(), false);

    private Tagged() {}

    public static TagExpression expression(JsonNode json) {
        return TagExpression.parse(
                json.valueStream()
                        .map(clause -> clause.valueStream().map(JsonNode::asText).toList())
                        .toList());
    }

    public static boolean matches(JsonNode expression, Set<String> tags) {
        return expression(expression).matches(tags);
    }

    public static Set<String> tagsOf(ObjectNode object) {
        return object.path(TAGS).valueStream().map(JsonNode::asText).collect(Collectors.toSet());
    }

    /// What an object must fulfill to be matched.
    public static Filter by(JsonNode expression) {
        Set<Value> single = new LinkedHashSet<>();
        List<Filter> any = new ArrayList<>();
        for (List<String> clause : expression(expression).clauses()) {
            if (clause.size() == 1 && !TagExpression.isPrefix(clause.getFirst())) {
                single.add(new Value.Text(clause.getFirst()));
            } else {
                any.add(new Filter.And(clause.stream().map(Tagged::term).toList()));
            }
        }
        if (!single.isEmpty()) {
            any.add(new Filter.AnyOf(TAGS, List.copyOf(single), false));
        }
        return anyOf(any);
    }

    /// Nothing fulfills an empty list.
    public static Filter anyOf(List<Filter> any) {
        return any.isEmpty() ? NONE : new Filter.Or(List.copyOf(any));
    }

    private static Filter term(String term) {
        return TagExpression.isPrefix(term)
                ? new Filter.Matches(TAGS, List.of("^" + quoted(TagExpression.prefixOf(term))))
                : Filter.contains(TAGS, term);
    }

    /// For Java's and PostgreSQL's regular expressions alike.
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder();
        text.codePoints()
                .forEach(point -> {
                    if (point < 0x80 && !Character.isLetterOrDigit(point) && point != '_') {
                        quoted.append('\\');
                    }
                    quoted.appendCodePoint(point);
                });
        return quoted.toString();
    }
}
