package io.ringfence.metrics.read;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.type.TypeReference;
import io.ringfence.metrics.query.NamespaceScope;
import io.ringfence.metrics.report.FlowSummary;
import io.ringfence.protocol.error.Fault;
import io.ringfence.protocol.query.TimeWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Flows as `flow-ingest-service` writes them (`docs/adr/0002-window-totals.md`): totals per
/// window, stamped with the window's last millisecond. Their sum over a time is exact, because a
/// point counts if its stamp is behind the start and not behind the end.
public final class FlowReader {
    /// What one answer is made of at most; it is held in memory while it is sorted.
    static final int MOST_FLOWS = 50_000;

    private static final List<String> COUNTED = List.of("flows");
    private static final List<String> BOTH_SIDES = List.of("flows", "flows_other_end");
    private static final String ROLLUP = "rollup";
    private static final String SUM = "sum_over_time";

    private final MetricsStore store;

    public FlowReader(MetricsStore store) {
        this.store = store;
    }

    public List<FlowSummary> flows(NamespaceScope scope, TimeWindow window, boolean bothSides) {
        Map<Map<String, String>, Long> counts = new HashMap<>();
        Map<Map<String, String>, Long> lastMs = new HashMap<>();
        for (String metric : bothSides ? BOTH_SIDES : COUNTED) {
            for (Series series : totals(metric, scope, window)) {
                Map<String, String> labels = new TreeMap<>(series.metric());
                if (SUM.equals(labels.remove(ROLLUP))) {
                    counts.merge(labels, Math.round(series.number()), Long::sum);
                } else {
                    lastMs.merge(labels, Seconds.toMs(series.text()), Math::max);
                }
            }
            checkSize(counts.size());
        }
        List<FlowSummary> flows = new ArrayList<>(counts.size());
        counts.forEach(
                (labels, count) -> flows.add(new FlowSummary(labels, count, end(labels, lastMs))));
        return flows;
    }

    /// How many flows enforcers report as lost, by reason: those of the scope, and those above it,
    /// whose hosts may be in it.
    public Map<String, Long> lost(NamespaceScope scope, TimeWindow window) {
        String query =
                "sum by (reason) (sum_over_time(flows_lost[%dms]))".formatted(window.lengthMs());
        Map<String, Long> lost = new TreeMap<>();
        for (NamespaceScope each : withAncestors(scope)) {
            for (Series series :
                    store.instant(query, window.end().toEpochMilli(), each, new Form())) {
                String reason = series.metric().getOrDefault("reason", "unknown");
                lost.merge(reason, Math.round(series.number()), Long::sum);
            }
        }
        lost.values().removeIf(count -> count == 0);
        return lost;
    }

    private List<Series> totals(String metric, NamespaceScope scope, TimeWindow window) {
        String query =
                "aggr_over_time((\"%s\",\"tlast_over_time\"),%s{%s}[%dms])"
                        .formatted(SUM, metric, scope.matcher(), window.lengthMs());
        return store.instant(query, window.end().toEpochMilli(), scope, new Form());
    }

    private static Instant end(Map<String, String> labels, Map<Map<String, String>, Long> lastMs) {
        return Instant.ofEpochMilli(lastMs.getOrDefault(labels, -1L) + 1);
    }

    private static List<NamespaceScope> withAncestors(NamespaceScope scope) {
        List<NamespaceScope> scopes = new ArrayList<>(List.of(scope));
        String above = scope.namespace();
        while (above.length() > 1) {
            int slash = above.lastIndexOf('/');
            above = slash <= 0 ? "/" : above.substring(0, slash);
            scopes.add(new NamespaceScope(above, false));
        }
        return scopes;
    }

    private static void checkSize(int flows) {
        if (flows > MOST_FLOWS) {
            throw Fault.of(
                            422,
                            "Answer Too Large",
                            "More than %d different flows; ask about less time or a namespace further down"
                                    .formatted(MOST_FLOWS))
                    .asException();
        }
    }

    /// One element of an instant vector.
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Series(Map<String, String> metric, List<String> value) {
        String text() {
            return value.get(1);
        }

        double number() {
            return Double.parseDouble(text());
        }
    }

    private static final class Form extends TypeReference<List<Series>> {}
}
