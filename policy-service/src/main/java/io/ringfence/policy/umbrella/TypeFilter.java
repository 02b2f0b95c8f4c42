package io.ringfence.policy.umbrella;

import io.ringfence.protocol.error.Fault;
import io.ringfence.protocol.filter.Filter;
import io.ringfence.protocol.filter.Filter.Value;
import java.util.List;
import java.util.regex.Pattern;

/// A filter on policies as one on a kind: what it says about the type is known there, since a
/// stored policy does not hold its type.
final class TypeFilter {
    private static final Filter ALWAYS = new Filter.Exists("ID", false);
    private static final Filter NEVER = new Filter.AnyOf("ID", List.of(), false);

    private TypeFilter() {}

    static Filter decided(Filter filter, PolicyKind kind) {
        return switch (filter) {
            case Filter.And(List<Filter> all) ->
                    new Filter.And(all.stream().map(each -> decided(each, kind)).toList());
            case Filter.Or(List<Filter> any) ->
                    new Filter.Or(any.stream().map(each -> decided(each, kind)).toList());
            case Filter.Compare compare when isType(compare.attribute()) -> compared(compare, kind);
            case Filter.AnyOf anyOf when isType(anyOf.attribute()) ->
                    constant(
                            anyOf.negated()
                                    != anyOf.values().contains(new Value.Text(kind.type())));
            case Filter.Matches matches when isType(matches.attribute()) ->
                    constant(
                            matches.patterns().stream()
                                    .anyMatch(each ->
                                            Pattern.compile(each).matcher(kind.type()).find()));
            case Filter.Exists exists when isType(exists.attribute()) ->
                    constant(!exists.negated());
            case Filter other -> other;
        };
    }

    private static Filter compared(Filter.Compare compare, PolicyKind kind) {
        boolean same = compare.value().equals(new Value.Text(kind.type()));
        return switch (compare.comparator()) {
            case EQUAL -> constant(same);
            case NOT_EQUAL -> constant(!same);
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                    throw Fault.badRequest(
                                    "Attribute 'type' has no order; use ==, !=, in or matches")
                            .asException();
        };
    }

    private static boolean isType(String attribute) {
        return attribute.equals("type");
    }

    private static Filter constant(boolean holds) {
        return holds ? ALWAYS : NEVER;
    }
}
