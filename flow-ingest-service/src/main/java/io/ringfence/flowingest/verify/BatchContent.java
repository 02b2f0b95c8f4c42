package io.ringfence.flowingest.verify;

import io.ringfence.contracts.flow.EndpointType;
import io.ringfence.contracts.flow.FlowAction;
import io.ringfence.contracts.flow.FlowBatch;
import io.ringfence.contracts.flow.FlowLoss;
import io.ringfence.contracts.flow.ObservedFlow;
import io.ringfence.contracts.flow.Side;
import io.ringfence.flowingest.verify.Verification.Reason;
import io.ringfence.flowingest.verify.Verification.Refused;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// What a batch says, looked at flow by flow: everything `write` relies on.
record BatchContent(FlowBatch batch, String enforcerNamespace) {
    private static final int LONGEST_TEXT = 1_024;
    private static final Pattern LOSS_REASON = Pattern.compile("[a-z][a-z0-9_-]{0,31}");
    private static final int HIGHEST_PORT = 65_535;
    private static final int HIGHEST_PROTOCOL = 255;

    /// A double still counts in ones up to here.
    private static final long HIGHEST_COUNT = 1L << 53;

    Optional<Refused> fault() {
        return shape().or(this::flows).or(this::losses);
    }

    private Optional<Refused> shape() {
        if (batch.getSequence() == 0) {
            return content("the batch has no sequence number");
        }
        if (batch.getTextCount() > 0 && !batch.getText(0).isEmpty()) {
            return content("entry 0 of the text table is not empty");
        }
        return batch.getTextList().stream().anyMatch(text -> text.length() > LONGEST_TEXT)
                ? content("a text is longer than %d characters".formatted(LONGEST_TEXT))
                : Optional.empty();
    }

    private Optional<Refused> flows() {
        for (int index = 0; index < batch.getFlowsCount(); index++) {
            Optional<Refused> fault = flow(index, batch.getFlows(index));
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private Optional<Refused> flow(int index, ObservedFlow flow) {
        if (!isKnown(flow.getSide())
                || !isKnown(flow.getAction())
                || flow.getObservedAction() == FlowAction.UNRECOGNIZED
                || !isKnown(flow.getSourceType())
                || !isKnown(flow.getDestinationType())) {
            return content("flow %d lacks its side, action or an end's type".formatted(index));
        }
        if (!isAddress(flow.getSourceAddress().size())
                || !isAddress(flow.getDestinationAddress().size())
                || !within(flow.getDestinationPort(), HIGHEST_PORT)
                || !within(flow.getProtocol(), HIGHEST_PROTOCOL)) {
            return content(
                    "flow %d has an address, port or protocol that cannot be".formatted(index));
        }
        if (flow.getCount() <= 0 || flow.getCount() > HIGHEST_COUNT) {
            return content("flow %d has a count that cannot be".formatted(index));
        }
        if (!textsOf(flow).allMatch(text -> text == 0 || within(text, batch.getTextCount() - 1))) {
            return content("flow %d refers to a text that is not there".formatted(index));
        }
        return namespace(index, flow);
    }

    private Optional<Refused> namespace(int index, ObservedFlow flow) {
        int reporting =
                flow.getSide() == Side.SOURCE
                        ? flow.getSourceNamespace()
                        : flow.getDestinationNamespace();
        String namespace = reporting == 0 ? "" : batch.getText(reporting);
        return Namespaces.covers(enforcerNamespace, namespace)
                ? Optional.empty()
                : Optional.of(
                        new Refused(
                                Reason.NAMESPACE,
                                "flow %d is reported for namespace '%s', the enforcer belongs to %s"
                                        .formatted(index, namespace, enforcerNamespace)));
    }

    private Optional<Refused> losses() {
        for (FlowLoss loss : batch.getLossesList()) {
            if (!LOSS_REASON.matcher(loss.getReason()).matches()
                    || loss.getCount() < 0
                    || loss.getCount() > HIGHEST_COUNT) {
                return content("a loss has no plain reason or has a count that cannot be");
            }
        }
        return Optional.empty();
    }

    private static IntStream textsOf(ObservedFlow flow) {
        return IntStream.of(
                flow.getSourceId(),
                flow.getDestinationId(),
                flow.getSourceNamespace(),
                flow.getDestinationNamespace(),
                flow.getPolicyId(),
                flow.getPolicyNamespace(),
                flow.getPolicyName(),
                flow.getRuleName(),
                flow.getObservedPolicyId(),
                flow.getObservedPolicyNamespace());
    }

    private static boolean isKnown(Side side) {
        return side == Side.SOURCE || side == Side.DESTINATION;
    }

    private static boolean isKnown(FlowAction action) {
        return action == FlowAction.ACCEPT || action == FlowAction.REJECT;
    }

    private static boolean isKnown(EndpointType type) {
        return type == EndpointType.PROCESSING_UNIT || type == EndpointType.EXTERNAL_NETWORK;
    }

    /// The overflow key of a window has no addresses.
    private static boolean isAddress(int bytes) {
        return bytes == 0 || bytes == 4 || bytes == 16;
    }

    private static boolean within(int value, int highest) {
        return value >= 0 && value <= highest;
    }

    private static Optional<Refused> content(String sentence) {
        return Optional.of(new Refused(Reason.CONTENT, sentence));
    }
}
