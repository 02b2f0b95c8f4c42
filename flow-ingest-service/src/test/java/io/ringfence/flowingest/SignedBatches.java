package io.ringfence.flowingest;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.flow.EndpointType;
import io.ringfence.contracts.flow.FlowAction;
import io.ringfence.contracts.flow.FlowBatch;
import io.ringfence.contracts.flow.ObservedFlow;
import io.ringfence.contracts.flow.Side;
import io.ringfence.contracts.flow.SignedFlowBatch;
import io.ringfence.trust.certificate.CertificateAuthority;
import io.ringfence.trust.certificate.CertificateRequest;
import io.ringfence.trust.certificate.CertificateSubject;
import io.ringfence.trust.certificate.EnforcerSubject;
import io.ringfence.trust.certificate.Issuance;
import io.ringfence.trust.signature.Signatures;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What an enforcer would send: batches of one small shop, signed with a certificate of its own.
public final class SignedBatches {
    public static final String CONSOLE = "c0ffee";
    public static final String ENFORCER = "0123456789abcdef01234567";
    public static final String NAMESPACE = "/acme/shop";
    public static final Duration WINDOW = Duration.ofSeconds(10);

    private final KeyPair keys;
    private final X509Certificate certificate;

    private SignedBatches(KeyPair keys, X509Certificate certificate) {
        this.keys = keys;
        this.certificate = certificate;
    }

    public static SignedBatches of(CertificateAuthority authority) {
        return of(authority, new EnforcerSubject(ENFORCER, NAMESPACE));
    }

    public static SignedBatches of(CertificateAuthority authority, CertificateSubject subject) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            Issuance issuance =
                    authority.issueFromRequest(
                            CertificateRequest.create(keys), subject, Duration.ofHours(24));
            return switch (issuance) {
                case Issuance.Issued(X509Certificate issued) -> new SignedBatches(keys, issued);
                case Issuance.Refused(String reason) -> throw new AssertionError(reason);
            };
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /// A window that ends at the given time and has nothing in it yet.
    public static FlowBatch.Builder window(Instant end) {
        return FlowBatch.newBuilder()
                .setConsoleId(CONSOLE)
                .setEnforcerId(ENFORCER)
                .setBootEpoch(7)
                .setSequence(1)
                .setWindowStartMs(end.minus(WINDOW).toEpochMilli())
                .setWindowEndMs(end.toEpochMilli())
                .addAllText(
                        List.of(
                                "",
                                "aa0000000000000000000001",
                                "bb0000000000000000000002",
                                NAMESPACE,
                                "default",
                                "cc0000000000000000000003",
                                "no dev",
                                "not-from-dev"));
    }

    /// `dev` to `db`, as `db`'s side saw it.
    public static ObservedFlow.Builder flow(FlowAction action, long count) {
        boolean isAllowed = action == FlowAction.ACCEPT;
        return ObservedFlow.newBuilder()
                .setSide(Side.DESTINATION)
                .setAction(action)
                .setProtocol(6)
                .setDestinationPort(5432)
                .setSourceAddress(ByteString.copyFrom(new byte[] {10, 77, 0, 5}))
                .setDestinationAddress(ByteString.copyFrom(new byte[] {10, 77, 0, 4}))
                .setSourceType(EndpointType.PROCESSING_UNIT)
                .setDestinationType(EndpointType.PROCESSING_UNIT)
                .setSourceId(1)
                .setDestinationId(2)
                .setSourceNamespace(3)
                .setDestinationNamespace(3)
                .setPolicyId(isAllowed ? 4 : 5)
                .setPolicyNamespace(3)
                .setRuleName(isAllowed ? 0 : 6)
                .setPolicyName(isAllowed ? 0 : 7)
                .setCount(count)
                .setCounted(true);
    }

    public SignedFlowBatch.Builder signed(FlowBatch batch) {
        return signed(Signatures.FLOW_BATCH, batch);
    }

    public SignedFlowBatch.Builder signed(String domain, FlowBatch batch) {
        byte[] content = batch.toByteArray();
        try {
            return SignedFlowBatch.newBuilder()
                    .setContent(ByteString.copyFrom(content))
                    .setSignature(
                            ByteString.copyFrom(
                                    Signatures.sign(domain, keys.getPrivate(), content)))
                    .setCertificate(ByteString.copyFrom(certificate.getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }
}
