package io.ringfence.metrics.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ringfence.metrics.query.NamespaceScope;
import io.ringfence.protocol.error.ApiException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsQuestionTest {
    private static final Clock CLOCK =
            Clock.fixed(Instant.ofEpochMilli(1_617_800_000_250L), ZoneOffset.UTC);
    private static final String QUERY = "flows{namespace=\"/acme\"}";

    @Test
    void asksForNowUnlessToldOtherwise() {
        assertThat(question(Map.of("query", QUERY)).instant())
                .isEqualTo(Map.of("query", QUERY, "time", "1617800000.250"));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "1617800000, 1617800000.000",
        "1617800000.5, 1617800000.500",
        "2021-04-07T12:53:20Z, 1617800000.000",
        "2021-04-07T14:53:20.007+02:00, 1617800000.007",
    })
    void readsTimes(String sent, String asked) {
        assertThat(question(Map.of("query", QUERY, "time", sent)).instant())
                .containsEntry("time", asked);
    }

    @Test
    void readsARange() {
        assertThat(
                        question(
                                        Map.of(
                                                "query",
                                                QUERY,
                                                "start",
                                                "1617796400",
                                                "end",
                                                "1617800000",
                                                "step",
                                                "15"))
                                .range())
                .isEqualTo(
                        Map.of(
                                "query",
                                QUERY,
                                "start",
                                "1617796400.000",
                                "end",
                                "1617800000.000",
                                "step",
                                "15000ms"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "the query names no namespace | query=flows",
                "there is no query | step=1m",
                "the time is none | time=soon",
                "too many points | start=0 end=1617800000 step=1s",
                "no step | step=0",
                "a negative step | step=-1m",
                "the end before the start | start=1617800000 end=1617790000",
            })
    void refuses(String what, String parameters) {
        Map<String, String> sent = new java.util.HashMap<>();
        for (String parameter : parameters.split(" ")) {
            sent.put(parameter.split("=", 2)[0], parameter.split("=", 2)[1]);
        }
        if (!what.contains("query")) {
            sent.put("query", QUERY);
        }
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> {
                    question(sent).range();
                    question(sent).instant();
                })
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(422));
    }

    @Test
    void takesParametersFormsAndBodies() {
        byte[] form =
                "query=flows%7Bnamespace%3D%22%2Facme%22%7D&time=5"
                        .getBytes(StandardCharsets.UTF_8);
        byte[] json = "{\"query\":\"x\",\"time\":\"\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(
                        MetricsQuestion.merged(
                                Map.of(),
                                RequestBody.read(
                                        "application/x-www-form-urlencoded; charset=utf-8", form),
                                MetricsQuestion.INSTANT))
                .isEqualTo(Map.of("query", QUERY, "time", "5"));
        assertThat(
                        MetricsQuestion.merged(
                                Map.of("query", List.of("y"), "time", List.of("7")),
                                RequestBody.read("application/json", json),
                                MetricsQuestion.INSTANT))
                .isEqualTo(Map.of("query", "x"));
    }

    @Test
    void refusesParametersItDoesNotKnow() {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() ->
                        MetricsQuestion.merged(
                                Map.of("extra_filters[]", List.of("{}")),
                                RequestBody.read(null, null),
                                MetricsQuestion.INSTANT))
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(400));
    }

    private static MetricsQuestion question(Map<String, String> sent) {
        return new MetricsQuestion(sent, NamespaceScope.under("/acme"), CLOCK);
    }
}
