package io.ringfence.protocol.filter;

import java.time.Instant;
import java.util.List;

/// A condition on objects, as a tree.
public sealed interface Filter {
    record And(List<Filter> all) implements Filter {}

    record Or(List<Filter> any) implements Filter {}

    record Compare(String attribute, Comparator comparator, Value value) implements Filter {}

    /// `contains`: the list has one of the values; `in`: the value is one of them.
    record AnyOf(String attribute, List<Value> values, boolean negated) implements Filter {}

    /// One of the regular expressions is found in the value.
    record Matches(String attribute, List<String> patterns) implements Filter {}

    record Exists(String attribute, boolean negated) implements Filter {}

    static Filter equal(String attribute, String value) {
        return new Compare(attribute, Comparator.EQUAL, new Value.Text(value));
    }

    static Filter contains(String attribute, String value) {
        return new AnyOf(attribute, List.of(new Value.Text(value)), false);
    }

    enum Comparator {
        EQUAL("=="),
        NOT_EQUAL("!="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String symbol;

        Comparator(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }
    }

    sealed interface Value {
        record Text(String text) implements Value {}

        record Number(double number) implements Value {}

        record Bool(boolean bool) implements Value {}

        record Time(Instant time) implements Value {}
    }
}
