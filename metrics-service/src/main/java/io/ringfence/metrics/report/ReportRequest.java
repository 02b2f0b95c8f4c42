package io.ringfence.metrics.report;

import io.ringfence.metrics.query.NamespaceScope;
import io.ringfence.protocol.error.Fault;
import io.ringfence.protocol.query.Page;
import io.ringfence.protocol.query.ReadQuery;
import io.ringfence.protocol.query.Selection;
import io.ringfence.protocol.query.TimeWindow;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What a request on `/reportsqueries` asks for.
///
/// @param bothSides what each end of a flow reported, not only the end that counts it
/// @param explain say what would have allowed what a default rejected
public record ReportRequest(
        NamespaceScope scope,
        TimeWindow window,
        Selection selection,
        boolean bothSides,
        boolean explain) {
    private static final String BOTH_SIDES = "bothSides";
    private static final String EXPLAIN = "explain";
    private static final Set<String> OURS = Set.of(BOTH_SIDES, EXPLAIN);

    /// @throws io.ringfence.protocol.error.ApiException 400 if a parameter is unknown or unreadable
    public static ReportRequest of(
            Map<String, List<String>> parameters, String namespace, Clock clock) {
        Map<String, List<String>> shared =
                parameters.entrySet().stream()
                        .filter(parameter -> !isOurs(parameter.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        Selection selection =
                ReadQuery.of(shared).selection(FlowReports.DECLARATION, namespace, clock);
        if (selection.page() instanceof Page.After(String cursor, int _) && !cursor.isEmpty()) {
            throw Fault.badRequest("Reports have pages; use page and pagesize instead of after")
                    .asException();
        }
        return new ReportRequest(
                new NamespaceScope(namespace, selection.scope().recursive()),
                TimeWindow.of(parameters, clock),
                selection,
                flag(parameters, BOTH_SIDES, false),
                flag(parameters, EXPLAIN, true));
    }

    private static boolean isOurs(String parameter) {
        return TimeWindow.PARAMETERS.contains(parameter) || OURS.contains(parameter);
    }

    private static boolean flag(Map<String, List<String>> parameters, String name, boolean usual) {
        List<String> values = parameters.getOrDefault(name, List.of());
        return switch (values.isEmpty() ? "" : values.getFirst()) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            case "" -> usual;
            default ->
                    throw Fault.badRequest("Parameter '%s' must be true or false".formatted(name))
                            .asException();
        };
    }
}
