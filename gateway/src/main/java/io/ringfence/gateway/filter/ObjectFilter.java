package io.ringfence.gateway.filter;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.gateway.filter.BoundedText.Steps;
import io.ringfence.protocol.filter.Filter;
import io.ringfence.protocol.filter.Filter.Comparator;
import io.ringfence.protocol.filter.Filter.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// A filter, ready to be asked about objects.
public final class ObjectFilter {
    private static final int MAX_PATTERN_CHARACTERS = 256;

    private final Test test;

    private ObjectFilter(Test test) {
        this.test = test;
    }

    private interface Test {
        boolean on(JsonNode object, Steps steps);
    }

    /// @throws UnusableFilterException when a regular expression is none, or too long
    public static ObjectFilter of(Filter filter) throws UnusableFilterException {
        return new ObjectFilter(test(filter));
    }

    /// @throws TooManyStepsException when a regular expression takes too long on this object
    public boolean accepts(JsonNode object) {
        return test.on(object, new Steps());
    }

    private static Test test(Filter filter) throws UnusableFilterException {
        return switch (filter) {
            case Filter.And(List<Filter> terms) -> {
                List<Test> all = tests(terms);
                yield (object, steps) -> all.stream().allMatch(term -> term.on(object, steps));
            }
            case Filter.Or(List<Filter> terms) -> {
                List<Test> any = tests(terms);
                yield (object, steps) -> any.stream().anyMatch(term -> term.on(object, steps));
            }
            case Filter.Compare(String attribute, Comparator comparator, Value value) ->
                    (object, steps) -> holds(object.path(attribute), comparator, value);
            case Filter.AnyOf(String attribute, List<Value> values, boolean negated) ->
                    (object, steps) -> negated != isAnyOf(object.path(attribute), values);
            case Filter.Matches(String attribute, List<String> texts) -> {
                List<Pattern> patterns = patterns(texts);
                yield (object, steps) ->
                        elements(object.path(attribute))
                                .anyMatch(element -> isFound(patterns, element, steps));
            }
            case Filter.Exists(String attribute, boolean negated) ->
                    (object, steps) -> negated != object.hasNonNull(attribute);
        };
    }

    private static List<Test> tests(List<Filter> terms) throws UnusableFilterException {
        List<Test> tests = new ArrayList<>();
        for (Filter term : terms) {
            tests.add(test(term));
        }
        return tests;
    }

    private static boolean holds(JsonNode actual, Comparator comparator, Value wanted) {
        OptionalInt order = compare(actual, wanted);
        return switch (comparator) {
            case EQUAL -> order.isPresent() && order.getAsInt() == 0;
            case NOT_EQUAL -> order.isEmpty() || order.getAsInt() != 0;
            case LESS -> order.isPresent() && order.getAsInt() < 0;
            case LESS_OR_EQUAL -> order.isPresent() && order.getAsInt() <= 0;
            case GREATER -> order.isPresent() && order.getAsInt() > 0;
            case GREATER_OR_EQUAL -> order.isPresent() && order.getAsInt() >= 0;
        };
    }

    /// Empty for what cannot be compared: other types, lists, nothing.
    private static OptionalInt compare(JsonNode actual, Value wanted) {
        return switch (wanted) {
            case Value.Text(String text) ->
                    actual.isTextual()
                            ? OptionalInt.of(actual.asText().compareTo(text))
                            : OptionalInt.empty();
            case Value.Bool(boolean bool) ->
                    actual.isBoolean()
                            ? OptionalInt.of(Boolean.compare(actual.asBoolean(), bool))
                            : OptionalInt.empty();
            case Value.Number(double number) ->
                    number(actual)
                            .map(value -> OptionalInt.of(Double.compare(value, number)))
                            .orElse(OptionalInt.empty());
            case Value.Time(Instant time) ->
                    time(actual)
                            .map(value -> OptionalInt.of(value.compareTo(time)))
                            .orElse(OptionalInt.empty());
        };
    }

    /// A bare `5` in a filter can be meant for an attribute that is text.
    private static Optional<Double> number(JsonNode node) {
        if (node.isNumber()) {
            return Optional.of(node.asDouble());
        }
        try {
            return node.isTextual()
                    ? Optional.of(Double.parseDouble(node.asText()))
                    : Optional.empty();
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> time(JsonNode node) {
        try {
            return node.isTextual() ? Optional.of(Instant.parse(node.asText())) : Optional.empty();
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    private static boolean isAnyOf(JsonNode actual, List<Value> values) {
        return elements(actual)
                .anyMatch(element ->
                        values.stream().anyMatch(value -> holds(element, Comparator.EQUAL, value)));
    }

    private static boolean isFound(List<Pattern> patterns, JsonNode value, Steps steps) {
        return value.isValueNode()
                && !value.isNull()
                && patterns.stream()
                        .anyMatch(pattern ->
                                pattern.matcher(new BoundedText(value.asText(), steps)).find());
    }

    private static Stream<JsonNode> elements(JsonNode node) {
        return node.isArray() ? StreamSupport.stream(node.spliterator(), false) : Stream.of(node);
    }

    private static List<Pattern> patterns(List<String> texts) throws UnusableFilterException {
        List<Pattern> patterns = new ArrayList<>();
        for (String text : texts) {
            if (text.length() > MAX_PATTERN_CHARACTERS) {
                throw new UnusableFilterException(
                        "a regular expression has at most "
                                + MAX_PATTERN_CHARACTERS
                                + " characters");
            }
            try {
                patterns.add(Pattern.compile(text));
            } catch (PatternSyntaxException e) {
                throw new UnusableFilterException(
                        "matches needs a regular expression: " + e.getDescription());
            }
        }
        return patterns;
    }
}
