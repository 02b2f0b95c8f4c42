package io.ringfence.flowingest.verify;

import com.google.protobuf.InvalidProtocolBufferException;
import io.ringfence.contracts.flow.FlowBatch;
import io.ringfence.contracts.flow.SignedFlowBatch;
import io.ringfence.flowingest.verify.Verification.Reason;
import io.ringfence.flowingest.verify.Verification.Refused;
import io.ringfence.flowingest.verify.Verification.Verified;
import io.ringfence.trust.certificate.CertificateCheck;
import io.ringfence.trust.certificate.EnforcerSubject;
import io.ringfence.trust.certificate.TrustedCertificates;
import io.ringfence.trust.signature.Signatures;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads a record of `flow.observed.v1` and decides whether it is believed.
///
/// Who sent it is said by the certificate alone; the certificate counts if our authority issued it
/// and it was valid when the window ended, so a rotation never refuses an honest old batch.
public final class BatchVerifier {
    private static final Duration LONGEST_WINDOW = Duration.ofHours(1);
    private static final Duration FUTURE = Duration.ofMinutes(5);

    private final TrustedCertificates certificates;
    private final String consoleId;
    private final Clock clock;

    public BatchVerifier(TrustedCertificates certificates, String consoleId, Clock clock) {
        this.certificates = certificates;
        this.consoleId = consoleId;
        this.clock = clock;
    }

    public Verification verify(byte @Nullable [] record) {
        if (record == null) {
            return new Refused(Reason.UNREADABLE, "the record has no value");
        }
        SignedFlowBatch signed;
        FlowBatch batch;
        try {
            signed = SignedFlowBatch.parseFrom(record);
            batch = FlowBatch.parseFrom(signed.getContent());
        } catch (InvalidProtocolBufferException e) {
            return new Refused(
                    Reason.UNREADABLE, "the record is no SignedFlowBatch: " + e.getMessage());
        }
        return window(batch).orElseGet(() -> signedBy(signed, batch));
    }

    /// First, because the certificate is judged as of the window's end.
    private Optional<Verification> window(FlowBatch batch) {
        long length = batch.getWindowEndMs() - batch.getWindowStartMs();
        if (batch.getWindowStartMs() <= 0 || length <= 0 || length > LONGEST_WINDOW.toMillis()) {
            return refused(
                    Reason.WINDOW,
                    "the window from %d to %d is empty, inverted or longer than an hour"
                            .formatted(batch.getWindowStartMs(), batch.getWindowEndMs()));
        }
        Instant end = Instant.ofEpochMilli(batch.getWindowEndMs());
        return end.isAfter(clock.instant().plus(FUTURE))
                ? refused(Reason.WINDOW, "the window ends in the future, at " + end)
                : Optional.empty();
    }

    private Verification signedBy(SignedFlowBatch signed, FlowBatch batch) {
        CertificateCheck check =
                certificates.verify(
                        signed.getCertificate().toByteArray(),
                        Instant.ofEpochMilli(batch.getWindowEndMs()));
        return switch (check) {
            case CertificateCheck.Untrusted(String reason) ->
                    new Refused(Reason.CERTIFICATE, "the certificate is " + reason);
            case CertificateCheck.Trusted(X509Certificate certificate) ->
                    EnforcerSubject.parse(certificate)
                            .map(enforcer -> saidBy(enforcer, certificate, signed, batch))
                            .orElseGet(() ->
                                    new Refused(
                                            Reason.CERTIFICATE,
                                            "the certificate is not an enforcer's: "
                                                    + certificate.getSubjectX500Principal()));
        };
    }

    private Verification saidBy(
            EnforcerSubject enforcer,
            X509Certificate certificate,
            SignedFlowBatch signed,
            FlowBatch batch) {
        if (!Signatures.verify(
                Signatures.FLOW_BATCH,
                certificate,
                signed.getContent().toByteArray(),
                signed.getSignature().toByteArray())) {
            return new Refused(
                    Reason.SIGNATURE, "the signature does not fit content and certificate");
        }
        if (!batch.getConsoleId().equals(consoleId)) {
            return new Refused(
                    Reason.CONSOLE, "the batch belongs to console " + batch.getConsoleId());
        }
        if (!batch.getEnforcerId().equals(enforcer.id())) {
            return new Refused(
                    Reason.ENFORCER,
                    "the batch names enforcer %s, its certificate %s"
                            .formatted(batch.getEnforcerId(), enforcer.id()));
        }
        return new BatchContent(batch, enforcer.namespace())
                .fault()
                .<Verification>map(fault -> fault)
                .orElseGet(() -> new Verified(batch, enforcer.namespace()));
    }

    private static Optional<Verification> refused(Reason reason, String sentence) {
        return Optional.of(new Refused(reason, sentence));
    }
}
