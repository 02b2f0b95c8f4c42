package io.ringfence.metrics.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "flows{namespace='/a'} | flows{namespace=\"/a\"}",
                "flows{namespace=`/a\\`,} | flows{namespace=\"/a\\\\\"}",
                "{__name__=~\"flow.*\", namespace!=\"\\u002fa\"} | {__name__=~\"flow.*\",namespace!=\"/a\"}",
                "sum(flows) by (accept, side) | sum(flows) by (accept,side)",
                "sum BY (accept)(rate(flows[5m])) | sum(rate(flows[5m])) by (accept)",
                "1 + 2 * 3 ^ 4 ^ 5 | (1) + ((2) * ((3) ^ ((4) ^ (5))))",
                "-2 ^ 2 | -((2) ^ (2))",
                "a - b - c | ((a) - (b)) - (c)",
                "a or b and c unless d | (a) or (((b) and (c)) unless (d))",
                "a > bool 1 | (a) > bool (1)",
                "a / on(x) group_left(y) b | (a) / on (x) group_left (y) (b)",
                "max_over_time(sum(flows)[1h:5m]) | max_over_time(sum(flows)[1h:5m])",
                "max_over_time((a+b)[1h:]) | max_over_time(((a) + (b))[1h:])",
                "flows offset 5m | flows offset 5m",
                "sum(flows[1h] offset -1w) | sum(flows[1h] offset -1w)",
                "flows @ end() | flows @ (end())",
                "flows @ 1617800000.5 | flows @ (1617800000.5)",
                "quantile_over_time(.9, flows[1h30m]) | quantile_over_time(.9,flows[1h30m])",
                "label_replace(a, \"x\", \"$1\", \"y\", \"(.*)\") | label_replace(a,\"x\",\"$1\",\"y\",\"(.*)\")",
                "a # or b | a",
                "time() | time()",
                "topk(3, a) default 0 | (topk(3,a)) default (0)",
                "rollup(a[5m]) keep_metric_names | rollup(a[5m]) keep_metric_names",
                "NaN | NaN",
            })
    void writesAgainWhatItRead(String sent, String written) throws QueryException {
        assertThat(Parser.parse(sent).text()).isEqualTo(written);
        assertThat(Parser.parse(written).text().replaceAll("[()]", ""))
                .isEqualTo(written.replaceAll("[()]", ""));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                " ",
                "flows{",
                "flows{namespace=\"/a\"",
                "flows{namespace=\"/a}",
                "flows{namespace=/a}",
                "flows{namespace==\"/a\"}",
                "flows{namespace=\"/a\" or namespace=\"/b\"}",
                "flows{\"namespace\"=\"/a\"}",
                "flows\\-x{namespace=\"/a\"}",
                "flows.x",
                "flows{name\\space=\"/a\"}",
                "flows{namespace=\"/a\"} flows",
                "flows{namespace=\"/a\"})",
                "sum(flows{namespace=\"/a\"}",
                "sum(flows) by accept",
                "WITH (x = flows) x",
                "with (x = flows) sum(x)",
                "flows[5]",
                "flows[5m",
                "flows[5m:1m:1m]",
                "flows offset",
                "flows{namespace=\"\\xff\"}",
                "flows{namespace=\"\\ud800\"}",
                "flows{namespace=\"\\q\"}",
                "flows{namespace=\"a\nb\"}",
                "\"/a\" + ;",
                "a $ b",
                "5mm",
                "a limit 5",
                "1.2.3",
                "by(a)",
                "a == = b",
            })
    void refusesWhatItDoesNotKnow(String sent) {
        assertThatExceptionOfType(QueryException.class).isThrownBy(() -> Parser.parse(sent));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "-", "sum(", "1+(", "a @ -"})
    void endsWithAnythingNestedDeeply(String part) {
        assertThatExceptionOfType(QueryException.class)
                .isThrownBy(() -> Parser.parse(part.repeat(5_000 / part.length())));
    }
}
