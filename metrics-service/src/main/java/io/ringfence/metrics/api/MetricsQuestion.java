package io.ringfence.metrics.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.schedule.GoDuration;
import io.ringfence.metrics.query.Expression;
import io.ringfence.metrics.query.NamespaceGuard;
import io.ringfence.metrics.query.NamespaceScope;
import io.ringfence.metrics.query.Parser;
import io.ringfence.metrics.query.QueryException;
import io.ringfence.metrics.query.WindowTotals;
import io.ringfence.metrics.read.Seconds;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// A metrics query as it was sent, in whichever of its three forms (parameters, form, body), and as
/// it is asked: the query written anew from what was understood of it, times in seconds.
record MetricsQuestion(Map<String, String> sent, NamespaceScope scope, Clock clock) {
    static final Set<String> INSTANT = Set.of("query", "time");
    static final Set<String> RANGE = Set.of("query", "start", "end", "step");

    private static final long MOST_POINTS = 11_000;
    private static final Pattern SECONDS = Pattern.compile("-?\\d{1,12}(\\.\\d{1,9})?");

    /// Later forms win over earlier ones.
    static Map<String, String> merged(
            Map<String, List<String>> parameters, ObjectNode body, Set<String> known) {
        Map<String, String> sent = new HashMap<>();
        parameters.forEach(
                (name, values) -> sent.put(name, values.isEmpty() ? "" : values.getFirst()));
        body.properties()
                .forEach(field -> {
                    if (!field.getValue().isNull()) {
                        sent.put(field.getKey(), field.getValue().asText());
                    }
                });
        for (String name : sent.keySet()) {
            if (!known.contains(name)) {
                throw Fault.badRequest("Parameter '%s' is not known".formatted(name)).asException();
            }
        }
        sent.values().removeIf(String::isBlank);
        return sent;
    }

    Map<String, String> instant() {
        return Map.of("query", query(), "time", Seconds.ofMs(timeMs("time", clock.millis())));
    }

    Map<String, String> range() {
        String query = query();
        long endMs = timeMs("end", clock.millis());
        long startMs = timeMs("start", endMs - 3_600_000);
        long stepMs = stepMs();
        if (startMs > endMs) {
            throw invalid("start", "start is behind end");
        }
        if ((endMs - startMs) / stepMs > MOST_POINTS) {
            throw invalid("step", "step makes more than %d points".formatted(MOST_POINTS));
        }
        return Map.of(
                "query",
                query,
                "start",
                Seconds.ofMs(startMs),
                "end",
                Seconds.ofMs(endMs),
                "step",
                stepMs + "ms");
    }

    private String query() {
        try {
            Expression question = Parser.parse(sent.getOrDefault("query", ""));
            NamespaceGuard.check(question, scope);
            return WindowTotals.asked(question).text();
        } catch (QueryException e) {
            throw invalid("query", String.valueOf(e.getMessage()));
        }
    }

    private long timeMs(String name, long otherwise) {
        String text = sent.get(name);
        if (text == null) {
            return otherwise;
        }
        if (SECONDS.matcher(text).matches()) {
            return new BigDecimal(text).movePointRight(3).longValue();
        }
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw invalid(
                    name,
                    "%s must be a time such as 2021-04-07T10:00:00Z or seconds since 1970"
                            .formatted(name));
        }
    }

    private long stepMs() {
        String text = sent.getOrDefault("step", "1m");
        long ms =
                SECONDS.matcher(text).matches()
                        ? new BigDecimal(text).movePointRight(3).longValue()
                        : duration(text);
        if (ms <= 0) {
            throw invalid("step", "step must be longer than 0");
        }
        return ms;
    }

    private static long duration(String text) {
        try {
            return GoDuration.parse(text).toMillis();
        } catch (IllegalArgumentException e) {
            throw invalid("step", "step must be a duration such as 1m or seconds");
        }
    }

    private static ApiException invalid(String attribute, String sentence) {
        return Fault.invalid(attribute, sentence).asException();
    }
}
