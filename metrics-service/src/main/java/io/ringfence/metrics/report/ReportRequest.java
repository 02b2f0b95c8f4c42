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
import java.util.stream.Collectors;

/// What a request on `/reportsqueries` asks for.
///
/// @param bothSides what each end of a flow reported, not only the end that counts it
public record ReportRequest(
        NamespaceScope scope, TimeWindow window, Selection selection, boolean bothSides) {
    private static final String BOTH_SIDES = "bothSides";

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
                bothSides(parameters));
    }

    private static boolean isOurs(String parameter) {
        return TimeWindow.PARAMETERS.contains(parameter) || parameter.equals(BOTH_SIDES);
    }

    private static boolean bothSides(Map<String, List<String>> parameters) {
        List<String> values = parameters.getOrDefault(BOTH_SIDES, List.of());
        return switch (values.isEmpty() ? "" : values.getFirst()) {
            case "true", "1" -> true;
            case "false", "0", "" -> false;
            default ->
                    throw Fault.badRequest("Parameter 'bothSides' must be true or false")
                            .asException();
        };
    }
}
