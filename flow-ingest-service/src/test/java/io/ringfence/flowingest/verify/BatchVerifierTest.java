package io.ringfence.flowingest.verify;

import static io.ringfence.flowingest.SignedBatches.CONSOLE;
import static io.ringfence.flowingest.SignedBatches.ENFORCER;
import static io.ringfence.flowingest.SignedBatches.NAMESPACE;
import static io.ringfence.flowingest.SignedBatches.flow;
import static io.ringfence.flowingest.SignedBatches.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.flow.FlowAction;
import io.ringfence.contracts.flow.FlowBatch;
import io.ringfence.contracts.flow.FlowLoss;
import io.ringfence.contracts.flow.ObservedFlow;
import io.ringfence.contracts.flow.Side;
import io.ringfence.contracts.flow.SignedFlowBatch;
import io.ringfence.flowingest.SignedBatches;
import io.ringfence.flowingest.verify.Verification.Reason;
import io.ringfence.flowingest.verify.Verification.Refused;
import io.ringfence.flowingest.verify.Verification.Verified;
import io.ringfence.trust.certificate.AppCredentialSubject;
import io.ringfence.trust.certificate.CertificateAuthority;
import io.ringfence.trust.certificate.TrustedCertificates;
import io.ringfence.trust.signature.Signatures;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BatchVerifierTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final CertificateAuthority AUTHORITY =
            CertificateAuthority.create("console", CLOCK);
    private static final SignedBatches HONEST = SignedBatches.of(AUTHORITY);

    private final BatchVerifier verifier =
            new BatchVerifier(
                    new TrustedCertificates(AUTHORITY.certificate(), CLOCK), CONSOLE, CLOCK);

    @Test
    void believesAnHonestBatch() {
        assertThat(verifier.verify(HONEST.signed(batch()).build().toByteArray()))
                .isEqualTo(new Verified(batch(), NAMESPACE));
    }

    @Test
    void believesAnOldBatchWhoseCertificateHasExpiredSince() {
        Clock muchLater = Clock.fixed(NOW.plus(Duration.ofDays(3)), ZoneOffset.UTC);
        BatchVerifier later =
                new BatchVerifier(
                        new TrustedCertificates(AUTHORITY.certificate(), muchLater),
                        CONSOLE,
                        muchLater);
        assertThat(later.verify(HONEST.signed(batch()).build().toByteArray()))
                .isInstanceOf(Verified.class);
    }

    @Test
    void believesFlowsOfANamespaceBelowTheEnforcers() {
        FlowBatch batch = batch().toBuilder().setText(3, NAMESPACE + "/db").build();
        assertThat(verifier.verify(HONEST.signed(batch).build().toByteArray()))
                .isInstanceOf(Verified.class);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forged")
    void refuses(String what, Reason reason, byte[] record) {
        assertThat(verifier.verify(record))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> {
                            assertThat(refused.reason()).as(refused.sentence()).isEqualTo(reason);
                            assertThat(refused.sentence()).isNotBlank();
                        });
    }

    static Stream<Arguments> forged() {
        CertificateAuthority other = CertificateAuthority.create("console", CLOCK);
        return Stream.of(
                arguments("a record without value", Reason.UNREADABLE, null),
                arguments("garbage", Reason.UNREADABLE, "garbage".getBytes(StandardCharsets.UTF_8)),
                arguments(
                        "garbage as content",
                        Reason.UNREADABLE,
                        SignedFlowBatch.newBuilder()
                                .setContent(ByteString.copyFromUtf8("garbage"))
                                .build()
                                .toByteArray()),
                arguments("an empty record", Reason.WINDOW, new byte[0]),
                arguments(
                        "a certificate of another authority of the same name",
                        Reason.CERTIFICATE,
                        SignedBatches.of(other).signed(batch()).build().toByteArray()),
                arguments(
                        "an app credential's certificate",
                        Reason.CERTIFICATE,
                        SignedBatches.of(
                                        AUTHORITY,
                                        new AppCredentialSubject(ENFORCER, "admin", NAMESPACE))
                                .signed(batch())
                                .build()
                                .toByteArray()),
                arguments(
                        "garbage as certificate",
                        Reason.CERTIFICATE,
                        HONEST.signed(batch())
                                .setCertificate(ByteString.copyFromUtf8("garbage"))
                                .build()
                                .toByteArray()),
                signed(
                        "a window before the certificate began",
                        Reason.CERTIFICATE,
                        b -> {
                            b.setWindowStartMs(b.getWindowStartMs() - 3_600_000);
                            b.setWindowEndMs(b.getWindowEndMs() - 3_600_000);
                        }),
                arguments(
                        "content changed after signing",
                        Reason.SIGNATURE,
                        HONEST.signed(batch())
                                .setContent(changed(b -> b.setSequence(9)).toByteString())
                                .build()
                                .toByteArray()),
                arguments(
                        "signed as another kind of message",
                        Reason.SIGNATURE,
                        HONEST.signed(Signatures.ENFORCER_REPORT, batch()).build().toByteArray()),
                arguments(
                        "another enforcer's certificate beside my signature",
                        Reason.SIGNATURE,
                        HONEST.signed(batch())
                                .setCertificate(
                                        SignedBatches.of(AUTHORITY)
                                                .signed(batch())
                                                .getCertificate())
                                .build()
                                .toByteArray()),
                signed("another console", Reason.CONSOLE, b -> b.setConsoleId("other")),
                signed(
                        "another enforcer's id",
                        Reason.ENFORCER,
                        b -> b.setEnforcerId("ffffffffffffffffffffffff")),
                signed(
                        "an inverted window",
                        Reason.WINDOW,
                        b -> b.setWindowEndMs(b.getWindowStartMs() - 1)),
                signed(
                        "a window of two hours",
                        Reason.WINDOW,
                        b -> b.setWindowStartMs(b.getWindowEndMs() - 7_200_000)),
                signed(
                        "a window that ends in six minutes",
                        Reason.WINDOW,
                        b -> b.setWindowEndMs(NOW.plusSeconds(360).toEpochMilli())),
                signed("no sequence number", Reason.CONTENT, b -> b.setSequence(0)),
                signed(
                        "a sibling namespace that begins alike",
                        Reason.NAMESPACE,
                        b -> b.setText(3, "/acme/shopping")),
                signed("the namespace above", Reason.NAMESPACE, b -> b.setText(3, "/acme")),
                signed("no namespace", Reason.NAMESPACE, b -> b.setText(3, "")),
                flawed(
                        "a source's report about somebody else's namespace",
                        Reason.NAMESPACE,
                        f -> f.setSide(Side.SOURCE).setSourceNamespace(4)),
                flawed("no side", Reason.CONTENT, f -> f.setSideValue(0)),
                flawed("an action of a later version", Reason.CONTENT, f -> f.setActionValue(17)),
                flawed("no count", Reason.CONTENT, f -> f.setCount(0)),
                flawed("a count no double holds", Reason.CONTENT, f -> f.setCount(-1)),
                flawed("a text that is not there", Reason.CONTENT, f -> f.setPolicyName(99)),
                flawed("a text before the first", Reason.CONTENT, f -> f.setPolicyName(-1)),
                flawed(
                        "an address of five bytes",
                        Reason.CONTENT,
                        f -> f.setSourceAddress(ByteString.copyFrom(new byte[5]))),
                flawed("a port beyond ports", Reason.CONTENT, f -> f.setDestinationPort(65_536)),
                signed(
                        "a loss for a reason that is no label",
                        Reason.CONTENT,
                        b -> b.addLosses(FlowLoss.newBuilder().setReason("a b").setCount(1))));
    }

    private static Arguments signed(
            String what, Reason reason, Consumer<FlowBatch.Builder> change) {
        return arguments(what, reason, HONEST.signed(changed(change)).build().toByteArray());
    }

    private static Arguments flawed(
            String what, Reason reason, Consumer<ObservedFlow.Builder> change) {
        return signed(what, reason, batch -> change.accept(batch.getFlowsBuilder(0)));
    }

    private static FlowBatch changed(Consumer<FlowBatch.Builder> change) {
        FlowBatch.Builder batch = batch().toBuilder();
        change.accept(batch);
        return batch.build();
    }

    private static FlowBatch batch() {
        return window(NOW).addFlows(flow(FlowAction.REJECT, 3)).build();
    }
}
