package io.ringfence.store.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ringfence.protocol.declaration.AttributeType;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.declaration.Times;
import io.ringfence.protocol.error.Fault;
import io.ringfence.protocol.filter.Filter;
import io.ringfence.protocol.filter.Filter.Comparator;
import io.ringfence.protocol.filter.Filter.Value;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/// A filter as a condition on a row. Comparison follows the attribute's declared type: numbers as
/// numbers, times as times, everything else as text; a value that cannot be of that type is refused
/// with 400.
final class FilterSql {
    private static final int LONGEST_PATTERN = 256;
    private static final Pattern BACK_REFERENCE = Pattern.compile("\\\\[1-9]");

    private final ResourceDeclaration resource;
    private final Parameters parameters;

    FilterSql(ResourceDeclaration resource, Parameters parameters) {
        this.resource = resource;
        this.parameters = parameters;
    }

    String condition(Filter filter) {
        return switch (filter) {
            case Filter.And(List<Filter> all) -> joined(all, " and ");
            case Filter.Or(List<Filter> any) -> joined(any, " or ");
            case Filter.Compare compare -> compare(compare);
            case Filter.AnyOf anyOf -> anyOf(anyOf);
            case Filter.Matches matches -> matches(matches);
            case Filter.Exists(String attribute, boolean negated) ->
                    (negated ? "not " : "") + exists(attribute);
        };
    }

    private String joined(List<Filter> filters, String word) {
        return filters.stream().map(this::condition).collect(Collectors.joining(word, "(", ")"));
    }

    /// An attribute that is zero counts as absent, since every attribute is stored.
    private String exists(String attribute) {
        return "(%1$s is not null and %1$s not in ('', '[]', '{}'))"
                .formatted(Columns.text(attribute));
    }

    private String compare(Filter.Compare compare) {
        String attribute = compare.attribute();
        String operator =
                switch (compare.comparator()) {
                    case EQUAL -> "=";
                    case NOT_EQUAL -> "is distinct from";
                    case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                            compare.comparator().symbol();
                };
        if (Containment.isIndexed(resource, attribute, compare)) {
            return contained(attribute, List.of(compare.value()));
        }
        if (Containment.leadsThroughList(resource, attribute)) {
            return listed(compare);
        }
        return switch (type(attribute)) {
            case AttributeType.Bool _ ->
                    "coalesce(cast(%s as boolean), false) %s %s"
                            .formatted(
                                    Columns.text(attribute),
                                    operator,
                                    parameters.add(bool(attribute, compare.value())));
            case AttributeType.Whole _, AttributeType.Decimal _ ->
                    "coalesce(cast(%s as float8), 0) %s %s"
                            .formatted(
                                    Columns.text(attribute),
                                    operator,
                                    parameters.add(number(attribute, compare.value())));
            case AttributeType.Time _ ->
                    "(%s collate \"C\") %s %s"
                            .formatted(
                                    Columns.text(attribute),
                                    operator,
                                    parameters.add(time(attribute, compare.value())));
            case AttributeType.Text _, AttributeType.Enumeration _ ->
                    "(%s collate \"C\") %s %s"
                            .formatted(
                                    Columns.textOrEmpty(attribute),
                                    operator,
                                    parameters.add(text(compare.value())));
            case AttributeType _ -> listed(compare);
        };
    }

    /// `tags == "a=b"` on a list means that the list has it, as it did in 5.0's database.
    private String listed(Filter.Compare compare) {
        boolean negated = compare.comparator() == Comparator.NOT_EQUAL;
        if (!negated && compare.comparator() != Comparator.EQUAL) {
            throw bad(
                    "Attribute '%s' is a list; use contains, == or !="
                            .formatted(compare.attribute()));
        }
        return anyOf(new Filter.AnyOf(compare.attribute(), List.of(compare.value()), negated));
    }

    private String anyOf(Filter.AnyOf anyOf) {
        String attribute = anyOf.attribute();
        String not = anyOf.negated() ? "not " : "";
        if (Containment.leadsThroughList(resource, attribute)) {
            return not + contained(attribute, anyOf.values());
        }
        return switch (type(attribute)) {
            case AttributeType.Text _, AttributeType.Enumeration _ -> {
                String[] values =
                        anyOf.values().stream().map(FilterSql::text).toArray(String[]::new);
                yield "%s(%s = any(%s))"
                        .formatted(not, Columns.textOrEmpty(attribute), parameters.add(values));
            }
            case AttributeType.Bool _,
                    AttributeType.Whole _,
                    AttributeType.Decimal _,
                    AttributeType.Time _ -> {
                String any =
                        anyOf.values().stream()
                                .map(value ->
                                        compare(
                                                new Filter.Compare(
                                                        attribute, Comparator.EQUAL, value)))
                                .collect(Collectors.joining(" or ", "(", ")"));
                yield anyOf.values().isEmpty() ? not + "false" : not + any;
            }
            case AttributeType _ -> not + hasAny(attribute, anyOf.values());
        };
    }

    private String hasAny(String attribute, List<Value> values) {
        if (attribute.equals("normalizedTags")) {
            String[] tags = values.stream().map(FilterSql::text).toArray(String[]::new);
            return "(o.normalized_tags && %s)".formatted(parameters.add(tags));
        }
        return contained(attribute, values);
    }

    /// The object's tree contains one of the values in its place, which an index serves.
    private String contained(String attribute, List<Value> values) {
        AttributeType type = type(attribute);
        return values.stream()
                .map(value -> Containment.tree(resource, attribute, node(type, attribute, value)))
                .map(tree ->
                        "o.body @> cast(%s as jsonb)".formatted(parameters.add(Trees.text(tree))))
                .collect(
                        Collectors.collectingAndThen(
                                Collectors.joining(" or ", "(", ")"),
                                any -> values.isEmpty() ? "(false)" : any));
    }

    private static JsonNode node(AttributeType type, String attribute, Value value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (type) {
            case AttributeType.Bool _ -> nodes.booleanNode(bool(attribute, value));
            case AttributeType.Whole _, AttributeType.Decimal _ ->
                    nodes.numberNode(number(attribute, value));
            case AttributeType.Time _ -> nodes.textNode(time(attribute, value));
            case AttributeType _ -> nodes.textNode(text(value));
        };
    }

    private String matches(Filter.Matches matches) {
        String attribute = matches.attribute();
        if (Containment.leadsThroughList(resource, attribute)) {
            throw bad("Attribute '%s' is in a list; use ==, != or in".formatted(attribute));
        }
        String any =
                matches.patterns().stream()
                        .map(FilterSql::checkedPattern)
                        .map(pattern ->
                                isList(attribute)
                                        ? "exists (select 1 from jsonb_array_elements_text(%s) e where e ~ %s)"
                                                .formatted(
                                                        Columns.json(attribute),
                                                        parameters.add(pattern))
                                        : "%s ~ %s"
                                                .formatted(
                                                        Columns.textOrEmpty(attribute),
                                                        parameters.add(pattern)))
                        .collect(Collectors.joining(" or ", "(", ")"));
        return matches.patterns().isEmpty() ? "false" : any;
    }

    /// Java's and PostgreSQL's expressions agree on what filters use; refusing here what Java
    /// cannot read spares a failed statement. Back references, which make matching exponential, are
    /// refused.
    private static String checkedPattern(String pattern) {
        if (pattern.length() > LONGEST_PATTERN || BACK_REFERENCE.matcher(pattern).find()) {
            throw bad(
                    "An expression of 'matches' has at most %d characters and no back references"
                            .formatted(LONGEST_PATTERN));
        }
        try {
            Pattern.compile(pattern);
            return pattern;
        } catch (PatternSyntaxException e) {
            throw bad("'%s' is not a regular expression".formatted(pattern));
        }
    }

    private boolean isList(String attribute) {
        return type(attribute) instanceof AttributeType.Texts;
    }

    private AttributeType type(String attribute) {
        return resource.at(attribute)
                .orElseThrow(() ->
                        bad(
                                "%s has no attribute '%s' to filter by"
                                        .formatted(resource.identity(), attribute)))
                .type();
    }

    private static boolean bool(String attribute, Value value) {
        return switch (value) {
            case Value.Bool(boolean bool) -> bool;
            case Value.Text(String text) when text.equals("true") || text.equals("false") ->
                    text.equals("true");
            case Value _ -> throw bad("Attribute '%s' is true or false".formatted(attribute));
        };
    }

    private static double number(String attribute, Value value) {
        if (value instanceof Value.Number(double number)) {
            return number;
        }
        throw bad("Attribute '%s' is a number".formatted(attribute));
    }

    private static String time(String attribute, Value value) {
        return switch (value) {
            case Value.Time(Instant time) -> Times.text(time);
            case Value.Text(String text) ->
                    Times.normalized(text)
                            .orElseThrow(
                                    () -> bad("Attribute '%s' is a time".formatted(attribute)));
            case Value.Number _, Value.Bool _ ->
                    throw bad("Attribute '%s' is a time".formatted(attribute));
        };
    }

    private static String text(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Number(double number) ->
                    number == Math.rint(number)
                            ? String.valueOf((long) number)
                            : String.valueOf(number);
            case Value.Bool(boolean bool) -> String.valueOf(bool);
            case Value.Time(Instant time) -> Times.text(time);
        };
    }

    private static RuntimeException bad(String sentence) {
        return Fault.badRequest(sentence).asException();
    }
}
