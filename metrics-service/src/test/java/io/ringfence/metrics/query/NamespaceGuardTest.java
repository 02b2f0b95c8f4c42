package io.ringfence.metrics.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamespaceGuardTest {
    private static final NamespaceScope ACME = NamespaceScope.under("/acme");

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "flows{namespace=\"/acme\"}",
                "flows{namespace=\"/acme/shop\",accept=\"true\"}",
                "flows{namespace=~\"/acme.*\"}",
                "sum by (accept) (increase(flows{namespace=~\"/acme.*\"}[5m]))",
                "flows{namespace=\"/acme\"} / on() flows{namespace=\"/acme\"}",
                "1 + time()",
            })
    void letsThroughWhatSaysItsNamespace(String question) {
        assertThatCode(() -> NamespaceGuard.check(Parser.parse(question), ACME))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "flows",
                "flows{}",
                "flows{accept=\"true\"}",
                "flows{namespace!=\"/acme\"}",
                "flows{namespace!~\"/acme\"}",
                "{__name__=\"flows\"}",
                "sum(flows)",
                "sum(rate(flows[5m])) by (namespace)",
                "flows{namespace=\"/acme\"} or flows",
                "flows{namespace=\"/acme\"} and on() (flows)",
                "flows or flows{namespace=\"/acme\"}",
                "max_over_time(sum(flows)[1h:5m])",
                "flows{namespace=\"/acme\"} offset 5m or flows offset 5m",
                "flows{namespace=\"/acme\"} @ flows",
                "-flows",
                "(flows{namespace=\"/acme\"}, flows)",
                "topk(flows, flows{namespace=\"/acme\"})",
                "label_replace(flows, \"namespace\", \"/acme\", \"\", \"\")",
                "count_values(\"namespace\", flows)",
                "flows{a=\"} or flows{namespace=\\\"/acme\\\"\"}",
                "flows{a='namespace=\"/acme\"'}",
                "flows # {namespace=\"/acme\"}",
                "flows{Namespace=\"/acme\"}",
                "absent(flows)",
            })
    void refusesASelectorWithoutNamespace(String question) throws QueryException {
        Expression parsed = Parser.parse(question);
        assertThatExceptionOfType(QueryException.class)
                .isThrownBy(() -> NamespaceGuard.check(parsed, ACME))
                .withMessageContaining("names no namespace");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "flows{namespace=\"/\"}",
                "flows{namespace=\"/acmeshop\"}",
                "flows{namespace=\"/other\"}",
                "flows{namespace=\"\"}",
                "flows{namespace=\"/acme\"} or flows{namespace=\"/other\"}",
                "flows{namespace=\"/acme\",namespace=\"/other\"}",
            })
    void refusesAnotherNamespace(String question) throws QueryException {
        Expression parsed = Parser.parse(question);
        assertThatExceptionOfType(QueryException.class)
                .isThrownBy(() -> NamespaceGuard.check(parsed, ACME))
                .withMessageContaining("X-Namespace");
    }

    @ParameterizedTest(name = "{0} of {1} matches {2}: {3}")
    @CsvSource({
        "/acme, true, /acme, true",
        "/acme, true, /acme/shop, true",
        "/acme, true, /acmeshop, false",
        "/acme, true, /other/acme, false",
        "/acme, false, /acme/shop, false",
        "/acme, false, /acme, true",
        "/a.c, true, /abc, false",
        "/a.c, true, /a.c/d, true",
        "/, true, /anything, true",
        "/, true, /, true",
        "/, false, /anything, false",
    })
    void coversAndMatchesTheSame(String own, boolean recursive, String other, boolean matches) {
        NamespaceScope scope = new NamespaceScope(own, recursive);
        assertThat(scope.covers(other)).isEqualTo(matches);
        String matcher = scope.matcher();
        String value = matcher.substring(matcher.indexOf('"') + 1, matcher.length() - 1);
        assertThat(recursive ? other.matches(value.replace("\\\\", "\\")) : other.equals(value))
                .isEqualTo(matches);
    }

    @Test
    void asksWindowTotalsForTheirSumWhereACounterWasMeant() throws QueryException {
        assertThat(
                        WindowTotals.asked(
                                        Parser.parse(
                                                "sum by (accept) (increase(flows{namespace=~\"/a.*\"}[5m] offset 1h))"))
                                .text())
                .isEqualTo(
                        "sum(sum_over_time(flows{namespace=~\"/a.*\"}[5m] offset 1h)) by (accept)");
        assertThat(WindowTotals.asked(Parser.parse("rate(flows_other_end[5m])")).text())
                .isEqualTo("rate_over_sum(flows_other_end[5m])");
        assertThat(WindowTotals.asked(Parser.parse("rate(process_cpu_seconds_total[5m])")).text())
                .isEqualTo("rate(process_cpu_seconds_total[5m])");
        assertThat(WindowTotals.asked(Parser.parse("increase(flows[1h:5m])")).text())
                .isEqualTo("increase(flows[1h:5m])");
    }
}
