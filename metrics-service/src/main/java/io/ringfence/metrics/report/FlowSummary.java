package io.ringfence.metrics.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;

/// How often flows of one key were seen within the time asked about.
///
/// @param labels of the series, without its name
/// @param last when the last window that has any ended, to the second
public record FlowSummary(Map<String, String> labels, long value, Instant last) {

    /// In the words of `reference/api.md` §4.1; `side` and the names are ours.
    ///
    /// @param names of objects by id; empty for unknown ones
    ObjectNode toJson(UnaryOperator<String> names) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        FlowReports.TEXTS.forEach((attribute, label) -> json.put(attribute, text(label)));
        json.put("sourceName", names.apply(text("source_id")));
        json.put("destinationName", names.apply(text("destination_id")));
        json.put("destinationPort", number("destination_port"));
        json.put("protocol", number("protocol"));
        json.put("dropReason", text("action").equals("Reject") ? "policy" : "");
        json.put("encrypted", false);
        json.put(FlowReports.EXPLANATION, "");
        json.put("observed", !text("observed_action").isEmpty());
        json.put(
                "observedAction",
                text("observed_action").isEmpty() ? "NotApplicable" : text("observed_action"));
        json.put("serviceType", "NotApplicable");
        json.put("timestamp", last.toString());
        json.put("value", value);
        return json;
    }

    private String text(String label) {
        return labels.getOrDefault(label, "");
    }

    private int number(String label) {
        return Integer.parseInt(labels.getOrDefault(label, "0"));
    }
}
