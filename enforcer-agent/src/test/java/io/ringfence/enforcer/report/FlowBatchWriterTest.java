package io.ringfence.enforcer.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.contracts.flow.FlowAction;
import io.ringfence.contracts.flow.FlowBatch;
import io.ringfence.contracts.flow.FlowLoss;
import io.ringfence.contracts.flow.ObservedFlow;
import io.ringfence.contracts.flow.PreviousEpoch;
import io.ringfence.contracts.flow.SignedFlowBatch;
import io.ringfence.enforcer.console.EnforcerIdentity;
import io.ringfence.enforcer.observe.FlowKey;
import io.ringfence.enforcer.spool.Draft;
import io.ringfence.enforcer.spool.Position;
import io.ringfence.enforcer.window.FlowWindow;
import io.ringfence.trust.certificate.CertificateAuthority;
import io.ringfence.trust.certificate.CertificateRequest;
import io.ringfence.trust.certificate.EnforcerSubject;
import io.ringfence.trust.certificate.Issuance;
import io.ringfence.trust.certificate.KeyAndCertificate;
import io.ringfence.trust.certificate.KeyPairs;
import io.ringfence.trust.signature.Signatures;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FlowBatchWriterTest {
    private static final String ID = "65f0c0ffee0000000000000e";
    private final EnforcerIdentity identity = identity();
    private final FlowBatchWriter writer = new FlowBatchWriter(() -> identity);

    @Test
    void writesEveryFieldOfAFlow() throws Exception {
        FlowBatch batch =
                only(
                        window(Map.of(Flows.flow(443), 7L)),
                        new Position(-5, 1, Optional.of(new Position.Previous(9, 3)), 0));
        ObservedFlow flow = batch.getFlows(0);
        assertThat(batch.getEnforcerId()).isEqualTo(ID);
        assertThat(batch.getConsoleId()).isEqualTo("c0ffee");
        assertThat(batch.getBootEpoch()).isEqualTo(-5);
        assertThat(batch.getPreviousEpoch())
                .isEqualTo(PreviousEpoch.newBuilder().setBootEpoch(9).setLastSequence(3).build());
        assertThat(batch.getText(0)).isEmpty();
        assertThat(flow.getCount()).isEqualTo(7);
        assertThat(flow.getCounted()).isTrue();
        assertThat(flow.getDestinationPort()).isEqualTo(443);
        assertThat(flow.getDestinationAddress().toByteArray()).containsExactly(10, 77, 0, 5);
        assertThat(flow.getObservedAction()).isEqualTo(FlowAction.REJECT);
        assertThat(
                        List.of(
                                batch.getText(flow.getSourceId()),
                                batch.getText(flow.getSourceNamespace()),
                                batch.getText(flow.getDestinationId()),
                                batch.getText(flow.getDestinationNamespace()),
                                batch.getText(flow.getPolicyId()),
                                batch.getText(flow.getPolicyName()),
                                batch.getText(flow.getPolicyNamespace()),
                                batch.getText(flow.getRuleName()),
                                batch.getText(flow.getObservedPolicyId()),
                                batch.getText(flow.getObservedPolicyNamespace())))
                .containsExactly(
                        "somewhere",
                        "",
                        "65f0c0ffee0000000000000a",
                        "/acme",
                        "65f0c0ffee00000000000001",
                        "shop",
                        "/acme/shop",
                        "web",
                        "65f0c0ffee00000000000002",
                        "/acme");
    }

    @Test
    void splitsAWindowIntoPartsWithoutACommonKey() throws Exception {
        Map<FlowKey, Long> counts = new HashMap<>();
        for (int port = 1; port <= 4_500; port++) {
            counts.put(Flows.flow(port), 1L);
        }
        FlowLoss loss = FlowBatchWriter.loss("capture", 3);
        List<Draft> drafts = writer.drafts(window(counts), List.of(loss));
        assertThat(drafts).extracting(Draft::flows).containsExactly(2_000L, 2_000L, 500L);
        Map<Integer, Long> seen = new HashMap<>();
        for (int part = 0; part < drafts.size(); part++) {
            FlowBatch batch =
                    batch(drafts.get(part), new Position(1, part + 1, Optional.empty(), 0));
            batch.getFlowsList()
                    .forEach(flow -> seen.merge(flow.getDestinationPort(), 1L, Long::sum));
            assertThat(batch.getWindowStartMs()).isEqualTo(10_000);
            assertThat(batch.getLossesList()).isEqualTo(part == 0 ? List.of(loss) : List.of());
        }
        assertThat(seen).hasSize(4_500).allSatisfy((_, times) -> assertThat(times).isEqualTo(1));
    }

    @Test
    void reportsWhatTheSpoolDroppedAndWhatWasDiscarded() throws Exception {
        FlowBatch batch =
                only(
                        new FlowWindow(10_000, 20_000, Map.of(), 4, false),
                        new Position(1, 2, Optional.empty(), 11));
        assertThat(batch.getLossesList())
                .containsExactly(
                        FlowBatchWriter.loss("spool", 4), FlowBatchWriter.loss("spool", 11));
    }

    private FlowBatch only(FlowWindow window, Position position) throws Exception {
        List<Draft> drafts = writer.drafts(window, List.of());
        assertThat(drafts).hasSize(1);
        return batch(drafts.getFirst(), position);
    }

    private FlowBatch batch(Draft draft, Position position) throws Exception {
        SignedFlowBatch signed = SignedFlowBatch.parseFrom(draft.writer().write(position));
        assertThat(
                        Signatures.verify(
                                Signatures.FLOW_BATCH,
                                identity.credential().certificate(),
                                signed.getContent().toByteArray(),
                                signed.getSignature().toByteArray()))
                .isTrue();
        return FlowBatch.parseFrom(signed.getContent());
    }

    private static FlowWindow window(Map<FlowKey, Long> counts) {
        return new FlowWindow(10_000, 20_000, counts, 0, false);
    }

    private static EnforcerIdentity identity() {
        CertificateAuthority authority = CertificateAuthority.create("console", Clock.systemUTC());
        KeyPair keys = KeyPairs.generate();
        Issuance issuance =
                authority.issueFromRequest(
                        CertificateRequest.create(keys),
                        new EnforcerSubject(ID, "/acme/shop"),
                        Duration.ofHours(1));
        return switch (issuance) {
            case Issuance.Issued(var certificate) ->
                    EnforcerIdentity.of(
                            "c0ffee",
                            new KeyAndCertificate(keys.getPrivate(), certificate),
                            authority.certificate());
            case Issuance.Refused(String reason) -> throw new IllegalStateException(reason);
        };
    }
}
