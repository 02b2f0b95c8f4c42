package io.ringfence.metrics.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.query.Page;
import io.ringfence.protocol.query.Selection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The flow report as a resource: its attributes, and choosing among many.
public final class FlowReports {
    /// Attribute to the label it is told by.
    static final Map<String, String> TEXTS =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("action", "action"),
                            Map.entry("destinationID", "destination_id"),
                            Map.entry("destinationIP", "destination_ip"),
                            Map.entry("destinationNamespace", "destination_namespace"),
                            Map.entry("destinationType", "destination_type"),
                            Map.entry("enforcerID", "enforcer_id"),
                            Map.entry("namespace", "namespace"),
                            Map.entry("observedPolicyID", "observed_policy_id"),
                            Map.entry("observedPolicyNamespace", "observed_policy_namespace"),
                            Map.entry("policyID", "policy_id"),
                            Map.entry("policyName", "policy_name"),
                            Map.entry("policyNamespace", "policy_namespace"),
                            Map.entry("remoteNamespace", "remote_namespace"),
                            Map.entry("ruleName", "rule_name"),
                            Map.entry("side", "side"),
                            Map.entry("sourceID", "source_id"),
                            Map.entry("sourceIP", "source_ip"),
                            Map.entry("sourceNamespace", "source_namespace"),
                            Map.entry("sourceType", "source_type")));

    /// What may be filtered and ordered by.
    public static final ResourceDeclaration DECLARATION =
            ResourceDeclaration.resource("flowreport", "flowreports")
                    .attributes(TEXTS.keySet().stream().map(Attribute::text).toList())
                    .attributes(
                            Stream.of("destinationPort", "protocol", "value")
                                    .map(Attribute::whole)
                                    .toList())
                    .attributes(Stream.of("encrypted", "observed").map(Attribute::bool).toList())
                    .attributes(
                            Stream.of(
                                            "destinationName",
                                            "dropReason",
                                            "observedAction",
                                            "serviceType",
                                            "sourceName")
                                    .map(Attribute::text)
                                    .toList())
                    .attribute(Attribute.time("timestamp"))
                    .build();

    /// Ours: why no rule let it pass, and what was missing. Filled in after choosing, so it is
    /// nothing to filter or order by.
    public static final String EXPLANATION = "explanation";

    /// The same question has the same answer, in the same order.
    private static final List<String> USUAL_ORDER =
            List.of("-timestamp", "sourceIP", "destinationIP", "destinationPort", "action");

    private FlowReports() {}

    /// @param total how many there are on all pages together
    public record Chosen(List<ObjectNode> reports, int total) {}

    /// @param names of objects by id; empty for unknown ones
    public static Chosen choose(
            List<FlowSummary> flows, UnaryOperator<String> names, Selection selection) {
        FilterEvaluation evaluation = new FilterEvaluation();
        List<ObjectNode> matching =
                flows.stream()
                        .map(flow -> flow.toJson(names))
                        .filter(report ->
                                selection
                                        .filter()
                                        .map(filter -> evaluation.holds(filter, report))
                                        .orElse(true))
                        .sorted(order(selection))
                        .toList();
        return new Chosen(page(matching, selection.page()), matching.size());
    }

    private static Comparator<ObjectNode> order(Selection selection) {
        Comparator<ObjectNode> order = (_, _) -> 0;
        for (Selection.Order by : selection.order()) {
            order = order.thenComparing(AttributeOrder.by(by.attribute(), by.descending()));
        }
        for (String by : USUAL_ORDER) {
            boolean descending = by.startsWith("-");
            order =
                    order.thenComparing(
                            AttributeOrder.by(descending ? by.substring(1) : by, descending));
        }
        return order.thenComparing(ObjectNode::toString);
    }

    private static List<ObjectNode> page(List<ObjectNode> all, Page page) {
        return switch (page) {
            case Page.Everything() -> all;
            case Page.Numbered(int number, int size) ->
                    all.stream().skip((number - 1L) * size).limit(size).toList();
            case Page.After(String _, int limit) -> all.stream().limit(limit).toList();
        };
    }
}
