package io.ringfence.metrics.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.error.Fault;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The body of `/reportsqueries`, both ways (`reference/api.md` Appendix B, reportsquery): one list
/// per kind of report, of which the answer fills the one that was asked for.
public final class ReportsQuery {
    private static final String REPORT = "report";
    private static final String FLOWS = "Flows";

    /// Kinds by the attribute they fill.
    private static final Map<String, String> KINDS =
            Map.of(
                    FLOWS,
                    "flowReports",
                    "Enforcers",
                    "enforcerReports",
                    "EventLogs",
                    "eventLogs",
                    "Packets",
                    "packetReports",
                    "Counters",
                    "counterReports",
                    "DNSLookups",
                    "DNSLookupReports",
                    "ConnectionExceptions",
                    "connectionExceptionReports",
                    "Accesses",
                    "accessReports");

    private ReportsQuery() {}

    /// Flow reports are the only kind that can be asked for; the others are refused rather than
    /// answered with nothing, which would read as "nothing happened".
    ///
    /// @throws io.ringfence.protocol.error.ApiException 422 naming the attribute
    public static void check(ObjectNode body) {
        for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!name.equals(REPORT) && !KINDS.containsValue(name)) {
                throw Fault.invalid(name, "A reports query has no attribute '%s'".formatted(name))
                        .asException();
            }
        }
        JsonNode report = body.path(REPORT);
        String kind = report.isMissingNode() || report.isNull() ? FLOWS : report.asText();
        if (!KINDS.containsKey(kind)) {
            throw Fault.invalid(
                            REPORT,
                            "report must be one of "
                                    + String.join(", ", new TreeSet<>(KINDS.keySet())))
                    .asException();
        }
        if (!kind.equals(FLOWS)) {
            throw Fault.invalid(
                            REPORT,
                            "Nothing is recorded for the report %s yet; %s is what can be asked for"
                                    .formatted(kind, FLOWS))
                    .asException();
        }
    }

    public static ObjectNode answer(List<ObjectNode> flowReports) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put(REPORT, FLOWS);
        Set.copyOf(KINDS.values()).stream().sorted().forEach(answer::putArray);
        answer.putArray(KINDS.get(FLOWS)).addAll(flowReports);
        return answer;
    }
}
