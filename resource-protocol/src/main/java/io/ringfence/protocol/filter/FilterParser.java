package io.ringfence.protocol.filter;

import io.ringfence.contracts.schedule.GoDuration;
import io.ringfence.protocol.filter.Filter.Comparator;
import io.ringfence.protocol.filter.Filter.Value;
import io.ringfence.protocol.filter.Token.Kind;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads a filter (`reference/api.md` §0):
///
/// ```
/// filter := term { "and" term } | term { "or" term }
/// term   := "(" filter ")" | attribute test
/// test   := ("==" | "!=" | "<" | "<=" | ">" | ">=") value
///         | ["not"] ("contains" | "in") list | "matches" list | ["not"] "exists"
/// list   := "[" value { "," value } "]" | value
/// value  := text | "true" | "false" | number | date("…") | now() | now("-24h")
/// ```
///
/// Mixing `and` with `or` on one level without parentheses is an error, as it was in 5.0.
public final class FilterParser {
    private static final int DEEPEST = 20;
    private static final int LONGEST = 16 * 1024;
    private static final int MOST_VALUES = 1_000;
    private static final int MOST_TESTS = 256;

    private final List<Token> tokens;
    private final Clock clock;
    private int at;
    private int tests;

    private FilterParser(List<Token> tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    public static Filter parse(String text, Clock clock) throws FilterSyntaxException {
        if (text.length() > LONGEST) {
            throw new FilterSyntaxException("it is longer than %d characters".formatted(LONGEST));
        }
        FilterParser parser = new FilterParser(new FilterLexer(text).tokens(), clock);
        Filter filter = parser.filter(0);
        parser.expect(Kind.END, "'and', 'or' or the end");
        return filter;
    }

    private Filter filter(int depth) throws FilterSyntaxException {
        if (depth > DEEPEST) {
            throw new FilterSyntaxException(
                    "parentheses are nested deeper than %d".formatted(DEEPEST));
        }
        Filter first = term(depth);
        boolean and = peek().isWord("and");
        if (!and && !peek().isWord("or")) {
            return first;
        }
        List<Filter> terms = new ArrayList<>(List.of(first));
        while (peek().isWord(and ? "and" : "or")) {
            next();
            terms.add(term(depth));
        }
        if (peek().isWord(and ? "or" : "and")) {
            throw new FilterSyntaxException(
                    "'and' and 'or' are mixed at position %d; use parentheses"
                            .formatted(peek().position()));
        }
        return and ? new Filter.And(List.copyOf(terms)) : new Filter.Or(List.copyOf(terms));
    }

    private Filter term(int depth) throws FilterSyntaxException {
        if (peek().kind() == Kind.OPEN) {
            next();
            Filter inner = filter(depth + 1);
            expect(Kind.CLOSE, "')'");
            return inner;
        }
        Token attribute = next();
        if (attribute.kind() != Kind.WORD && attribute.kind() != Kind.QUOTED) {
            throw unexpected(attribute, "an attribute");
        }
        return test(attribute.text());
    }

    private Filter test(String attribute) throws FilterSyntaxException {
        if (++tests > MOST_TESTS) {
            throw new FilterSyntaxException("it has more than %d conditions".formatted(MOST_TESTS));
        }
        Token operator = next();
        if (operator.kind() == Kind.OPERATOR) {
            Comparator comparator =
                    Arrays.stream(Comparator.values())
                            .filter(each -> each.symbol().equals(operator.text()))
                            .findFirst()
                            .orElseThrow();
            return new Filter.Compare(attribute, comparator, value());
        }
        boolean negated = operator.isWord("not");
        Token word = negated ? next() : operator;
        if (word.isWord("exists")) {
            return new Filter.Exists(attribute, negated);
        }
        if (word.isWord("contains") || word.isWord("in")) {
            return new Filter.AnyOf(attribute, list(), negated);
        }
        if (word.isWord("matches") && !negated) {
            return new Filter.Matches(attribute, list().stream().map(FilterParser::text).toList());
        }
        throw unexpected(word, "an operator");
    }

    private List<Value> list() throws FilterSyntaxException {
        if (peek().kind() != Kind.OPEN_LIST) {
            return List.of(value());
        }
        next();
        List<Value> values = new ArrayList<>();
        while (peek().kind() != Kind.CLOSE_LIST) {
            if (!values.isEmpty()) {
                expect(Kind.COMMA, "',' or ']'");
            }
            values.add(value());
        }
        next();
        if (values.size() > MOST_VALUES) {
            throw new FilterSyntaxException(
                    "a list has more than %d values".formatted(MOST_VALUES));
        }
        return List.copyOf(values);
    }

    private Value value() throws FilterSyntaxException {
        Token token = next();
        if (token.kind() == Kind.QUOTED) {
            return new Value.Text(token.text());
        }
        if (token.kind() != Kind.WORD) {
            throw unexpected(token, "a value");
        }
        if ((token.isWord("date") || token.isWord("now")) && peek().kind() == Kind.OPEN) {
            return time(token);
        }
        if (token.isWord("true") || token.isWord("false")) {
            return new Value.Bool(token.isWord("true"));
        }
        return token.text().matches("-?\\d{1,15}(\\.\\d{1,15})?")
                ? new Value.Number(Double.parseDouble(token.text()))
                : new Value.Text(token.text());
    }

    private Value time(Token function) throws FilterSyntaxException {
        next();
        String argument = "";
        if (peek().kind() == Kind.QUOTED || peek().kind() == Kind.WORD) {
            argument = next().text();
        }
        expect(Kind.CLOSE, "')'");
        try {
            return new Value.Time(function.isWord("now") ? fromNow(argument) : instant(argument));
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
            throw new FilterSyntaxException(
                    "%s at position %d cannot be read: %s"
                            .formatted(
                                    function.text(),
                                    function.position(),
                                    function.isWord("now")
                                            ? "write now() or now(\"-24h\")"
                                            : "write date(\"2021-04-07\") or date(\"2021-04-07T10:00:00Z\")"));
        }
    }

    private Instant fromNow(String argument) {
        Duration offset = argument.isEmpty() ? Duration.ZERO : GoDuration.parse(argument);
        return clock.instant().plus(offset);
    }

    private static Instant instant(String text) {
        return text.length() == 10
                ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                : OffsetDateTime.parse(text).toInstant();
    }

    private static String text(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Number(double number) ->
                    number == Math.rint(number)
                            ? String.valueOf((long) number)
                            : String.valueOf(number);
            case Value.Bool(boolean bool) -> String.valueOf(bool);
            case Value.Time(Instant time) -> time.toString();
        };
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token next() {
        Token token = tokens.get(at);
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    private void expect(Kind kind, String what) throws FilterSyntaxException {
        Token token = next();
        if (token.kind() != kind) {
            throw unexpected(token, what);
        }
    }

    private static FilterSyntaxException unexpected(Token token, String wanted) {
        return new FilterSyntaxException(
                "%s where %s should be".formatted(token.described(), wanted));
    }
}
