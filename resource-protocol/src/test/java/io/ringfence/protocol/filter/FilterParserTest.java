package io.ringfence.protocol.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.protocol.filter.Filter.AnyOf;
import io.ringfence.protocol.filter.Filter.Comparator;
import io.ringfence.protocol.filter.Filter.Compare;
import io.ringfence.protocol.filter.Filter.Exists;
import io.ringfence.protocol.filter.Filter.Matches;
import io.ringfence.protocol.filter.Filter.Value.Bool;
import io.ringfence.protocol.filter.Filter.Value.Number;
import io.ringfence.protocol.filter.Filter.Value.Text;
import io.ringfence.protocol.filter.Filter.Value.Time;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FilterParserTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    static Stream<Arguments> filters() {
        return Stream.of(
                row("bare value", "type == Host", equal("type", new Text("Host"))),
                row("quoted value", "name == \"a b\"", equal("name", new Text("a b"))),
                row("single quotes", "name == 'it is'", equal("name", new Text("it is"))),
                row("escaped quote", "name == \"a\\\"b\"", equal("name", new Text("a\"b"))),
                row("quoted attribute", "\"name\" == a", equal("name", new Text("a"))),
                row("truth", "disabled == true", equal("disabled", new Bool(true))),
                row("quoted truth is a text", "x == \"true\"", equal("x", new Text("true"))),
                row("number", "zoning == 12", equal("zoning", new Number(12))),
                row("no blanks", "zoning==12", equal("zoning", new Number(12))),
                row(
                        "less or equal",
                        "a <= -1.5",
                        new Compare("a", Comparator.LESS_OR_EQUAL, new Number(-1.5))),
                row("now", "t > now()", new Compare("t", Comparator.GREATER, new Time(NOW))),
                row(
                        "a day ago",
                        "t > now(\"-24h\")",
                        new Compare(
                                "t",
                                Comparator.GREATER,
                                new Time(Instant.parse("2026-11-22T10:00:00Z")))),
                row(
                        "a date",
                        "t < date(\"2021-04-07\")",
                        new Compare(
                                "t",
                                Comparator.LESS,
                                new Time(Instant.parse("2021-04-07T00:00:00Z")))),
                row(
                        "contains one of",
                        "tags contains [\"a=b\", 'c=d']",
                        new AnyOf("tags", List.of(new Text("a=b"), new Text("c=d")), false)),
                row(
                        "not in",
                        "type not in [Host, Docker]",
                        new AnyOf("type", List.of(new Text("Host"), new Text("Docker")), true)),
                row("in one", "type in Host", new AnyOf("type", List.of(new Text("Host")), false)),
                row("matches", "name matches [\"^a\"]", new Matches("name", List.of("^a"))),
                row(
                        "not contains",
                        "tags not contains [\"a=b\"]",
                        new AnyOf("tags", List.of(new Text("a=b")), true)),
                row("not equal", "a != b", new Compare("a", Comparator.NOT_EQUAL, new Text("b"))),
                row(
                        "greater or equal",
                        "a >= 2",
                        new Compare("a", Comparator.GREATER_OR_EQUAL, new Number(2))),
                row(
                        "keywords in capitals",
                        "a NOT IN [b] AND c EXISTS",
                        new Filter.And(
                                List.of(
                                        new AnyOf("a", List.of(new Text("b")), true),
                                        new Exists("c", false)))),
                row(
                        "a path",
                        "tracing.interval == \"10s\"",
                        equal("tracing.interval", new Text("10s"))),
                row(
                        "a date with time and zone",
                        "t < date(\"2021-04-07T10:00:00+02:00\")",
                        new Compare(
                                "t",
                                Comparator.LESS,
                                new Time(Instant.parse("2021-04-07T08:00:00Z")))),
                row(
                        "many with and",
                        "a == b and c == d and e == f",
                        new Filter.And(
                                List.of(
                                        equal("a", new Text("b")),
                                        equal("c", new Text("d")),
                                        equal("e", new Text("f"))))),
                row("exists", "name exists", new Exists("name", false)),
                row("not exists", "name not exists", new Exists("name", true)),
                row(
                        "and of or",
                        "a == b and (c == d or e exists)",
                        new Filter.And(
                                List.of(
                                        equal("a", new Text("b")),
                                        new Filter.Or(
                                                List.of(
                                                        equal("c", new Text("d")),
                                                        new Exists("e", false)))))));
    }

    private static Arguments row(String sentence, String text, Filter expected) {
        return Arguments.of(sentence, text, expected);
    }

    private static Filter equal(String attribute, Filter.Value value) {
        return new Compare(attribute, Comparator.EQUAL, value);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("filters")
    void reads(String sentence, String text, Filter expected) throws FilterSyntaxException {
        assertThat(FilterParser.parse(text, CLOCK)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    mixing and with or      | a == b and c == d or e == f | mixed at position
                    half a condition        | a ==                        | the end where a value
                    no operator             | a b                         | where an operator
                    one equals sign         | a = b                       | write ==
                    open quotation          | a == "b                     | does not end
                    open parenthesis        | (a == b                     | the end where ')'
                    open list               | a in [b                     | the end where
                    two values              | a == b c                    | where 'and', 'or' or the end
                    not matches             | a not matches b             | where an operator
                    no date                 | a > date("yesterday")       | cannot be read
                    no duration             | a > now("soon")             | cannot be read
                    a list without an attribute | [a]                     | where an attribute
                    """)
    void refuses(String sentence, String text, String reason) {
        assertThatThrownBy(() -> FilterParser.parse(text, CLOCK))
                .isInstanceOf(FilterSyntaxException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void refusesToNestWithoutEnd() {
        String deep = "(".repeat(500) + "a == b" + ")".repeat(500);
        assertThatThrownBy(() -> FilterParser.parse(deep, CLOCK))
                .hasMessageContaining("nested deeper");
    }

    @Test
    void refusesConditionsWithoutEnd() {
        String many = "a exists or ".repeat(300) + "a exists";
        assertThatThrownBy(() -> FilterParser.parse(many, CLOCK))
                .hasMessageContaining("more than 256 conditions");
    }

    @Test
    void refusesEndlessText() {
        assertThatThrownBy(() -> FilterParser.parse("a == " + "b".repeat(20_000), CLOCK))
                .hasMessageContaining("longer than");
    }
}
