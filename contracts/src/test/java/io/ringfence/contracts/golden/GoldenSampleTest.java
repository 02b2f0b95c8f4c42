package io.ringfence.contracts.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.ringfence.contracts.audit.AuditRecord;
import io.ringfence.contracts.policy.CompiledPolicy;
import io.ringfence.contracts.policy.EnforcerHello;
import io.ringfence.contracts.policy.EnforcerReceipt;
import io.ringfence.contracts.policy.PeerDirectory;
import io.ringfence.contracts.policy.PolicyDelta;
import io.ringfence.contracts.policy.PolicyReceipt;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.SignedDirectory;
import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.contracts.resource.ObjectState;
import io.ringfence.contracts.resource.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What was once written must read for ever: one sample per message version that waits on a topic,
/// in a file or in another release's process, with every field set. A new field gets a new sample
/// beside the old one.
class GoldenSampleTest {

    static Stream<Arguments> samples() {
        return Stream.of(
                Arguments.of("object-state-1.bin", ObjectState.parser(), state()),
                Arguments.of("audit-record-1.bin", AuditRecord.parser(), record()),
                Arguments.of("enforcer-receipt-1.bin", EnforcerReceipt.parser(), receipt()),
                Arguments.of(
                        "enforcer-receipt-2.bin",
                        EnforcerReceipt.parser(),
                        PolicySamples.receiptWithDirectories()),
                Arguments.of(
                        "compiled-policy-1.bin", CompiledPolicy.parser(), PolicySamples.compiled()),
                Arguments.of(
                        "policy-snapshot-1.bin", PolicySnapshot.parser(), PolicySamples.snapshot()),
                Arguments.of("policy-delta-1.bin", PolicyDelta.parser(), PolicySamples.delta()),
                Arguments.of(
                        "peer-directory-1.bin", PeerDirectory.parser(), PolicySamples.directory()),
                Arguments.of("signed-policy-1.bin", SignedPolicy.parser(), PolicySamples.signed()),
                Arguments.of(
                        "signed-directory-1.bin",
                        SignedDirectory.parser(),
                        PolicySamples.signedDirectory()),
                Arguments.of(
                        "enforcer-hello-1.bin", EnforcerHello.parser(), PolicySamples.hello()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void stillReads(String file, Parser<? extends Message> parser, Message expected)
            throws IOException {
        try (InputStream sample = getClass().getResourceAsStream("/golden/" + file)) {
            assertThat(sample).isNotNull();
            Message read = parser.parseFrom(sample);
            assertThat(read).isEqualTo(expected);
            assertThat(read.getUnknownFields().asMap()).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void setsEveryField(String file, Parser<? extends Message> parser, Message expected) {
        assertThat(expected.getAllFields().keySet())
                .as("a field was added: keep %s as it is, and add the next sample", file)
                .hasSameSizeAs(expected.getDescriptorForType().getFields());
    }

    static ObjectState state() {
        return ObjectState.newBuilder()
                .setIdentity("networkrulesetpolicy")
                .setId("6b0000000000000000000001")
                .setNamespace("/acme/shop")
                .setRevision(42)
                .setJson(ByteString.copyFromUtf8("{\"name\":\"frontend\"}"))
                .setOperation(Operation.UPDATE)
                .setChangedAtMs(1_764_259_200_123L)
                .build();
    }

    static EnforcerReceipt receipt() {
        return EnforcerReceipt.newBuilder()
                .setEnforcerId("6b0000000000000000000001")
                .setReceipt(
                        PolicyReceipt.newBuilder()
                                .setVersion(42)
                                .setDigest(ByteString.copyFromUtf8("digest"))
                                .setEnforcedAtMs(1_764_259_200_123L)
                                .setError("no room")
                                .setHeld(true))
                .setReceivedAtMs(1_764_259_200_140L)
                .build();
    }

    static AuditRecord record() {
        return AuditRecord.newBuilder()
                .setIdentity("networkrulesetpolicy")
                .setObjectId("6b0000000000000000000001")
                .setNamespace("/acme/shop")
                .setOperation(Operation.UPDATE)
                .setRevision(42)
                .setChangedAtMs(1_764_259_200_123L)
                .setSubject("alice")
                .setRealm("vince")
                .addClaims("@auth:realm=vince")
                .addClaims("@auth:account=acme")
                .setTrackingId("CHG-7")
                .setTrackingType("helpdesk")
                .setRequestId("3f0c2f4e-2b62-4a53-9a0e-0d8f6a1b7c11")
                .setJson(ByteString.copyFromUtf8("{\"name\":\"frontend\",\"disabled\":true}"))
                .setDifference(ByteString.copyFromUtf8("{\"disabled\":[false,true]}"))
                .addMessages("It is deprecated")
                .build();
    }
}
