package io.ringfence.flowingest.write;

import static io.ringfence.flowingest.SignedBatches.NAMESPACE;
import static io.ringfence.flowingest.SignedBatches.flow;
import static io.ringfence.flowingest.SignedBatches.window;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.flow.EndpointType;
import io.ringfence.contracts.flow.FlowAction;
import io.ringfence.contracts.flow.FlowBatch;
import io.ringfence.contracts.flow.FlowLoss;
import io.ringfence.contracts.flow.Side;
import io.ringfence.flowingest.verify.Verification.Verified;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FlowSamplesTest {
    private static final Instant END = Instant.ofEpochMilli(1_795_405_930_000L);

    @Test
    void writesARejectedFlowWithEverythingThatIdentifiesIt() {
        assertThat(written(window(END).addFlows(flow(FlowAction.REJECT, 3))))
                .containsExactly(
                        """
                        flows{accept="false",action="Reject",destination_id="bb0000000000000000000002",\
                        destination_ip="10.77.0.4",destination_namespace="/acme/shop",destination_port="5432",\
                        destination_type="ProcessingUnit",enforcer_id="0123456789abcdef01234567",\
                        namespace="/acme/shop",policy_id="cc0000000000000000000003",\
                        policy_name="not-from-dev",policy_namespace="/acme/shop",protocol="6",\
                        remote_namespace="/acme/shop",rule_name="no dev",side="destination",\
                        source_id="aa0000000000000000000001",source_ip="10.77.0.5",\
                        source_namespace="/acme/shop",source_type="ProcessingUnit"} 3 1795405929999\
                        """);
    }

    @Test
    void writesTheOtherEndsRecordUnderItsOwnName() {
        FlowBatch.Builder batch =
                window(END)
                        .addFlows(
                                flow(FlowAction.ACCEPT, 2)
                                        .setCounted(false)
                                        .setSide(Side.SOURCE)
                                        .setDestinationType(EndpointType.EXTERNAL_NETWORK)
                                        .setDestinationNamespace(0)
                                        .setDestinationAddress(
                                                ByteString.fromHex(
                                                        "20010db8000000000000000000000001"))
                                        .setObservedAction(FlowAction.REJECT)
                                        .setObservedPolicyId(5)
                                        .setObservedPolicyNamespace(3));
        assertThat(written(batch))
                .containsExactly(
                        """
                        flows_other_end{accept="true",action="Accept",destination_id="bb0000000000000000000002",\
                        destination_ip="2001:db8::1",destination_port="5432",destination_type="ExternalNetwork",\
                        enforcer_id="0123456789abcdef01234567",namespace="/acme/shop",observed_action="Reject",\
                        observed_policy_id="cc0000000000000000000003",observed_policy_namespace="/acme/shop",\
                        policy_id="default",policy_namespace="/acme/shop",protocol="6",side="source",\
                        source_id="aa0000000000000000000001",source_ip="10.77.0.5",\
                        source_namespace="/acme/shop",source_type="ProcessingUnit"} 2 1795405929999\
                        """);
    }

    @Test
    void addsCountsOfAKeyNamedTwiceBeforeTheyBecomeASample() {
        FlowBatch.Builder batch =
                window(END)
                        .addFlows(flow(FlowAction.ACCEPT, 2))
                        .addFlows(flow(FlowAction.ACCEPT, 40));
        assertThat(samples(batch)).singleElement().extracting(Sample::value).isEqualTo(42L);
    }

    @Test
    void isTheSameEveryTime() {
        FlowBatch.Builder batch =
                window(END)
                        .addFlows(flow(FlowAction.ACCEPT, 2))
                        .addFlows(flow(FlowAction.REJECT, 3))
                        .addLosses(FlowLoss.newBuilder().setReason("spool").setCount(4));
        assertThat(samples(batch)).isEqualTo(samples(batch)).hasSize(3);
    }

    @Test
    void givesTheLossesOfEachPartOfAWindowATimeOfTheirOwn() {
        FlowLoss.Builder loss = FlowLoss.newBuilder().setReason("capture").setCount(4);
        assertThat(written(window(END).setSequence(11).addLosses(loss)))
                .containsExactly(
                        """
                        flows_lost{enforcer_id="0123456789abcdef01234567",namespace="/acme/shop",\
                        reason="capture"} 4 1795405929988\
                        """);
        assertThat(written(window(END).setSequence(12).addLosses(loss)))
                .singleElement()
                .asString()
                .endsWith(" 1795405929987");
    }

    @Test
    void staysWithinTheWindowWithTheLossesOfAnyPart() {
        FlowLoss.Builder loss = FlowLoss.newBuilder().setReason("capture").setCount(4);
        for (long sequence : new long[] {1, 999, 1_000, Long.MAX_VALUE, -1}) {
            assertThat(samples(window(END).setSequence(sequence).addLosses(loss)))
                    .singleElement()
                    .extracting(Sample::timestampMs)
                    .matches(time ->
                            time >= END.toEpochMilli() - 1_000 && time < END.toEpochMilli());
        }
    }

    private static List<Sample> samples(FlowBatch.Builder batch) {
        return FlowSamples.of(new Verified(batch.build(), NAMESPACE));
    }

    private static List<String> written(FlowBatch.Builder batch) {
        return samples(batch).stream()
                .map(sample ->
                        sample.labels().stream()
                                .skip(1)
                                .map(label -> label.name() + "=\"" + label.value() + "\"")
                                .collect(
                                        Collectors.joining(
                                                ",",
                                                sample.labels().getFirst().value() + "{",
                                                "} "
                                                        + sample.value()
                                                        + " "
                                                        + sample.timestampMs())))
                .toList();
    }
}
