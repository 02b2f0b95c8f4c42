package io.ringfence.metrics.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.error.Fault;
import io.ringfence.protocol.filter.Filter;
import io.ringfence.protocol.filter.Filter.Comparator;
import io.ringfence.protocol.filter.Filter.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Holds a filter of `q` against reports, one question long.
final class FilterEvaluation {
    private final Map<String, Pattern> patterns = new HashMap<>();
    private final StepBudget budget = new StepBudget();

    boolean holds(Filter filter, ObjectNode report) {
        return switch (filter) {
            case Filter.And(List<Filter> all) -> all.stream().allMatch(each -> holds(each, report));
            case Filter.Or(List<Filter> any) -> any.stream().anyMatch(each -> holds(each, report));
            case Filter.Compare(String attribute, Comparator comparator, Value value) ->
                    compares(report.path(attribute), comparator, value);
            case Filter.AnyOf(String attribute, List<Value> values, boolean negated) ->
                    values.stream()
                                    .anyMatch(value ->
                                            compares(
                                                    report.path(attribute),
                                                    Comparator.EQUAL,
                                                    value))
                            != negated;
            case Filter.Matches(String attribute, List<String> regexes) ->
                    regexes.stream()
                            .anyMatch(regex ->
                                    pattern(regex)
                                            .matcher(
                                                    budget.bounding(
                                                            report.path(attribute).asText()))
                                            .find());
            case Filter.Exists(String attribute, boolean negated) ->
                    exists(report.path(attribute)) != negated;
        };
    }

    private static boolean compares(JsonNode actual, Comparator comparator, Value wanted) {
        int order = order(actual, wanted);
        return switch (comparator) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }

    private static int order(JsonNode actual, Value wanted) {
        return switch (wanted) {
            case Value.Text(String text) -> actual.asText().compareTo(text);
            case Value.Number(double number) ->
                    actual.isNumber()
                            ? Double.compare(actual.asDouble(), number)
                            : actual.asText().compareTo(plain(number));
            case Value.Bool(boolean bool) -> actual.asText().compareTo(String.valueOf(bool));
            case Value.Time(Instant time) -> instant(actual).compareTo(time);
        };
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }

    /// What is no time is before all times.
    private static Instant instant(JsonNode actual) {
        try {
            return Instant.parse(actual.asText());
        } catch (DateTimeException e) {
            return Instant.MIN;
        }
    }

    private static boolean exists(JsonNode actual) {
        return !actual.isMissingNode() && !actual.asText().isEmpty();
    }

    private Pattern pattern(String regex) {
        return patterns.computeIfAbsent(
                regex,
                unknown -> {
                    try {
                        return Pattern.compile(unknown);
                    } catch (PatternSyntaxException e) {
                        throw Fault.badRequest(
                                        "Filter q: '%s' is no regular expression: %s"
                                                .formatted(unknown, e.getDescription()))
                                .asException();
                    }
                });
    }
}
