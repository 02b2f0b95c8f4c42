package io.ringfence.enforcer.report;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.flow.FlowBatch;
import io.ringfence.contracts.flow.FlowLoss;
import io.ringfence.contracts.flow.ObservedFlow;
import io.ringfence.contracts.flow.PreviousEpoch;
import io.ringfence.contracts.flow.SignedFlowBatch;
import io.ringfence.enforcer.console.EnforcerIdentity;
import io.ringfence.enforcer.observe.FlowKey;
import io.ringfence.enforcer.observe.Judgement;
import io.ringfence.enforcer.spool.Draft;
import io.ringfence.enforcer.spool.Position;
import io.ringfence.enforcer.window.FlowWindow;
import io.ringfence.trust.signature.Signatures;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// A window as one or more records, no key in two of them. Signed when the record gets its number,
/// with the certificate valid then.
final class FlowBatchWriter {
    static final int ROWS_LIMIT = 2_000;
    private static final String SPOOL = "spool";

    private final Supplier<EnforcerIdentity> identity;

    FlowBatchWriter(Supplier<EnforcerIdentity> identity) {
        this.identity = identity;
    }

    /// @param losses go into the first record
    List<Draft> drafts(FlowWindow window, List<FlowLoss> losses) {
        List<Map.Entry<FlowKey, Long>> rows = List.copyOf(window.counts().entrySet());
        List<FlowLoss> ownLosses = new ArrayList<>(losses);
        if (window.discarded() > 0) {
            ownLosses.add(loss(SPOOL, window.discarded()));
        }
        List<Draft> drafts = new ArrayList<>();
        int from = 0;
        do {
            int to = Math.min(rows.size(), from + ROWS_LIMIT);
            drafts.add(draft(window, rows.subList(from, to), from == 0 ? ownLosses : List.of()));
            from = to;
        } while (from < rows.size());
        return drafts;
    }

    static FlowLoss loss(String reason, long count) {
        return FlowLoss.newBuilder().setReason(reason).setCount(count).build();
    }

    private Draft draft(
            FlowWindow window, List<Map.Entry<FlowKey, Long>> rows, List<FlowLoss> losses) {
        return new Draft(
                rows.stream().mapToLong(Map.Entry::getValue).sum(),
                window.endMillis(),
                position -> sign(batch(window, rows, losses, position)));
    }

    private FlowBatch batch(
            FlowWindow window,
            List<Map.Entry<FlowKey, Long>> rows,
            List<FlowLoss> losses,
            Position position) {
        EnforcerIdentity enforcer = identity.get();
        TextTable texts = new TextTable();
        FlowBatch.Builder batch =
                FlowBatch.newBuilder()
                        .setConsoleId(enforcer.consoleId())
                        .setEnforcerId(enforcer.id())
                        .setBootEpoch(position.epoch())
                        .setSequence(position.sequence())
                        .setWindowStartMs(window.startMillis())
                        .setWindowEndMs(window.endMillis())
                        .addAllLosses(losses);
        rows.forEach(row -> batch.addFlows(flow(row.getKey(), row.getValue(), texts)));
        batch.addAllText(texts.texts());
        position.previous()
                .ifPresent(previous ->
                        batch.setPreviousEpoch(
                                PreviousEpoch.newBuilder()
                                        .setBootEpoch(previous.epoch())
                                        .setLastSequence(previous.lastSequence())));
        if (position.droppedFlows() > 0) {
            batch.addLosses(loss(SPOOL, position.droppedFlows()));
        }
        return batch.build();
    }

    private static ObservedFlow flow(FlowKey key, long count, TextTable texts) {
        Judgement judgement = key.judgement();
        return ObservedFlow.newBuilder()
                .setSide(key.side())
                .setAction(judgement.action())
                .setProtocol(key.protocol())
                .setDestinationPort(key.destinationPort())
                .setSourceAddress(ByteString.copyFrom(key.sourceAddress().getAddress()))
                .setDestinationAddress(ByteString.copyFrom(key.destinationAddress().getAddress()))
                .setSourceType(key.source().type())
                .setDestinationType(key.destination().type())
                .setSourceId(texts.indexOf(key.source().id()))
                .setDestinationId(texts.indexOf(key.destination().id()))
                .setSourceNamespace(texts.indexOf(key.source().namespace()))
                .setDestinationNamespace(texts.indexOf(key.destination().namespace()))
                .setPolicyId(texts.indexOf(judgement.policyId()))
                .setPolicyName(texts.indexOf(judgement.policyName()))
                .setPolicyNamespace(texts.indexOf(judgement.policyNamespace()))
                .setRuleName(texts.indexOf(judgement.ruleName()))
                .setObservedAction(judgement.observedAction())
                .setObservedPolicyId(texts.indexOf(judgement.observedPolicyId()))
                .setObservedPolicyNamespace(texts.indexOf(judgement.observedPolicyNamespace()))
                .setCount(count)
                .setCounted(key.counted())
                .build();
    }

    private byte[] sign(FlowBatch batch) {
        EnforcerIdentity enforcer = identity.get();
        byte[] content = batch.toByteArray();
        return SignedFlowBatch.newBuilder()
                .setContent(ByteString.copyFrom(content))
                .setSignature(
                        ByteString.copyFrom(
                                Signatures.sign(
                                        Signatures.FLOW_BATCH,
                                        enforcer.credential().key(),
                                        content)))
                .setCertificate(ByteString.copyFrom(encoded(enforcer)))
                .build()
                .toByteArray();
    }

    static byte[] encoded(EnforcerIdentity enforcer) {
        try {
            return enforcer.credential().certificate().getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("certificate without an encoding", e);
        }
    }
}
