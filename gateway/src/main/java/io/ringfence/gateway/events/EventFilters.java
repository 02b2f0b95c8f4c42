package io.ringfence.gateway.events;

import io.ringfence.gateway.filter.ObjectFilter;
import io.ringfence.gateway.filter.UnusableFilterException;
import io.ringfence.protocol.error.Fault;
import io.ringfence.protocol.filter.Filter;
import io.ringfence.protocol.filter.Filter.Comparator;
import io.ringfence.protocol.filter.FilterParser;
import io.ringfence.protocol.filter.FilterSyntaxException;
import java.time.Clock;
import java.util.List;

/// Filters of a subscription: the API's filter language with `==`, `!=`, `matches` and `exists`
/// only (`reference/api.md` §0).
final class EventFilters {
    private static final int MAX_CHARACTERS = 4096;

    private EventFilters() {}

    /// @throws io.ringfence.protocol.error.ApiException 422, saying what cannot be in such a filter
    static ObjectFilter parse(String identity, String text, Clock clock) {
        try {
            if (text.length() > MAX_CHARACTERS) {
                throw new UnusableFilterException(
                        "it is longer than " + MAX_CHARACTERS + " characters");
            }
            Filter filter = FilterParser.parse(text, clock);
            check(filter);
            return ObjectFilter.of(filter);
        } catch (FilterSyntaxException | UnusableFilterException e) {
            throw Fault.invalid(
                            "filters",
                            "The filter of " + identity + " cannot be used: " + e.getMessage())
                    .asException();
        }
    }

    private static void check(Filter filter) throws UnusableFilterException {
        switch (filter) {
            case Filter.And(List<Filter> terms) -> checkAll(terms);
            case Filter.Or(List<Filter> terms) -> checkAll(terms);
            case Filter.Compare(String attribute, Comparator comparator, var value) -> {
                if (comparator != Comparator.EQUAL && comparator != Comparator.NOT_EQUAL) {
                    throw notHere(comparator.symbol());
                }
            }
            case Filter.AnyOf _ -> throw notHere("contains and in");
            case Filter.Exists(String attribute, boolean negated) -> {
                if (negated) {
                    throw notHere("not exists");
                }
            }
            case Filter.Matches _ -> {}
        }
    }

    private static void checkAll(List<Filter> terms) throws UnusableFilterException {
        for (Filter term : terms) {
            check(term);
        }
    }

    private static UnusableFilterException notHere(String operator) {
        return new UnusableFilterException(
                operator + " does not work for events; use ==, !=, matches or exists");
    }
}
