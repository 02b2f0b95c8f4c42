package io.ringfence.flowingest.write;

import io.ringfence.contracts.flow.EndpointType;
import io.ringfence.contracts.flow.FlowAction;
import io.ringfence.contracts.flow.FlowBatch;
import io.ringfence.contracts.flow.FlowLoss;
import io.ringfence.contracts.flow.ObservedFlow;
import io.ringfence.contracts.flow.Side;
import io.ringfence.flowingest.verify.Verification.Verified;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A verified batch as samples: window totals, stamped with the last millisecond of their window.
///
/// A pure function of the record. Everything of a flow but its count is in the labels, so parts of
/// a window never meet in one series; should a record name a key twice, the counts are added before
/// they become a sample. See `docs/adr/0002-window-totals.md`.
public final class FlowSamples {
    static final String COUNTED = "flows";
    static final String OTHER_END = "flows_other_end";
    static final String LOST = "flows_lost";

    private static final int LOSS_SLOTS = 1_000;

    private FlowSamples() {}

    public static List<Sample> of(Verified verified) {
        FlowBatch batch = verified.batch();
        List<Sample> samples = new ArrayList<>(batch.getFlowsCount() + batch.getLossesCount());
        long lastMs = batch.getWindowEndMs() - 1;
        flowsOf(batch).forEach((labels, count) -> samples.add(new Sample(labels, count, lastMs)));
        long lossMs = lastMs - lossSlot(batch);
        lossesOf(verified)
                .forEach((labels, count) -> samples.add(new Sample(labels, count, lossMs)));
        return samples;
    }

    /// Parts of one window may each have lost something for the same reason. They meet in one
    /// series, so each part stamps its losses with a millisecond of its own within the window.
    private static long lossSlot(FlowBatch batch) {
        long lengthMs = batch.getWindowEndMs() - batch.getWindowStartMs();
        return Long.remainderUnsigned(batch.getSequence(), Math.min(LOSS_SLOTS, lengthMs));
    }

    private static Map<List<Label>, Long> flowsOf(FlowBatch batch) {
        Map<List<Label>, Long> totals = LinkedHashMap.newLinkedHashMap(batch.getFlowsCount());
        for (ObservedFlow flow : batch.getFlowsList()) {
            totals.merge(labelsOf(batch, flow), flow.getCount(), Long::sum);
        }
        return totals;
    }

    private static Map<List<Label>, Long> lossesOf(Verified verified) {
        Map<List<Label>, Long> totals = new LinkedHashMap<>();
        for (FlowLoss loss : verified.batch().getLossesList()) {
            List<Label> labels =
                    new Labels(LOST)
                            .with("enforcer_id", verified.batch().getEnforcerId())
                            .with("namespace", verified.namespace())
                            .with("reason", loss.getReason())
                            .toList();
            totals.merge(labels, loss.getCount(), Long::sum);
        }
        return totals;
    }

    /// By name, as stores expect it.
    private static List<Label> labelsOf(FlowBatch batch, ObservedFlow flow) {
        boolean atSource = flow.getSide() == Side.SOURCE;
        String source = text(batch, flow.getSourceNamespace());
        String destination = text(batch, flow.getDestinationNamespace());
        return new Labels(flow.getCounted() ? COUNTED : OTHER_END)
                .with("accept", flow.getAction() == FlowAction.ACCEPT ? "true" : "false")
                .with("action", action(flow.getAction()))
                .with("destination_id", text(batch, flow.getDestinationId()))
                .with("destination_ip", Addresses.text(flow.getDestinationAddress()))
                .with("destination_namespace", destination)
                .with("destination_port", number(flow.getDestinationPort()))
                .with("destination_type", type(flow.getDestinationType()))
                .with("enforcer_id", batch.getEnforcerId())
                .with("namespace", atSource ? source : destination)
                .with("observed_action", action(flow.getObservedAction()))
                .with("observed_policy_id", text(batch, flow.getObservedPolicyId()))
                .with("observed_policy_namespace", text(batch, flow.getObservedPolicyNamespace()))
                .with("policy_id", text(batch, flow.getPolicyId()))
                .with("policy_name", text(batch, flow.getPolicyName()))
                .with("policy_namespace", text(batch, flow.getPolicyNamespace()))
                .with("protocol", number(flow.getProtocol()))
                .with("remote_namespace", atSource ? destination : source)
                .with("rule_name", text(batch, flow.getRuleName()))
                .with("side", atSource ? "source" : "destination")
                .with("source_id", text(batch, flow.getSourceId()))
                .with("source_ip", Addresses.text(flow.getSourceAddress()))
                .with("source_namespace", source)
                .with("source_type", type(flow.getSourceType()))
                .toList();
    }

    private static String text(FlowBatch batch, int index) {
        return index == 0 ? "" : batch.getText(index);
    }

    private static String number(int value) {
        return value == 0 ? "" : String.valueOf(value);
    }

    private static String action(FlowAction action) {
        return switch (action) {
            case ACCEPT -> "Accept";
            case REJECT -> "Reject";
            case FLOW_ACTION_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    }

    private static String type(EndpointType type) {
        return switch (type) {
            case PROCESSING_UNIT -> "ProcessingUnit";
            case EXTERNAL_NETWORK -> "ExternalNetwork";
            case ENDPOINT_TYPE_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    }
}
