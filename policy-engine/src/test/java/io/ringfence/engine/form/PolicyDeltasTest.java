package io.ringfence.engine.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.policy.AddressClass;
import io.ringfence.contracts.policy.Decision;
import io.ringfence.contracts.policy.DirectionPolicy;
import io.ringfence.contracts.policy.PeerClass;
import io.ringfence.contracts.policy.PolicyAction;
import io.ringfence.contracts.policy.PolicyDelta;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.PortRule;
import io.ringfence.contracts.policy.ProcessingUnitPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyDeltasTest {
    /// Beyond the frame's own header (whose policy, which versions and digests) and signature: the
    /// issue's limit.
    private static final int DELTA_LIMIT_BYTES = 64;

    @Test
    void anAddressThatMovesToAnotherClassCostsSomeBytes() {
        PolicySnapshot before = policy(1, address(1, 1), address(2, 2));
        PolicySnapshot after = policy(2, address(1, 2), address(2, 2), address(3, 1));
        PolicySnapshot moved = policy(2, address(1, 2), address(2, 2), address(9, 1));
        assertThat(size(before, after)).isLessThanOrEqualTo(DELTA_LIMIT_BYTES);
        assertThat(size(after, moved)).isLessThanOrEqualTo(DELTA_LIMIT_BYTES);
        assertThat(size(after, policy(3, address(1, 2), address(2, 1))))
                .isLessThanOrEqualTo(DELTA_LIMIT_BYTES);
    }

    @Test
    void leadsOnToTheFormOfTheLast() {
        PolicySnapshot before = policy(1, address(1, 1), address(2, 2));
        PolicySnapshot after = policy(2, address(0, 2), address(1, 1));
        PolicyDelta delta = PolicyDeltas.between(before, after).orElseThrow();
        assertThat(PolicyDeltas.apply(before, delta)).contains(after);
        assertThat(PolicyDeltas.apply(after, delta)).as("another base").isEmpty();
        assertThat(
                        PolicyDeltas.apply(
                                before, delta.toBuilder().setDigest(before.getDigest()).build()))
                .as("it says it leads elsewhere")
                .isEmpty();
    }

    @Test
    void anotherDefaultIsAnotherPolicy() {
        PolicySnapshot before = policy(1, address(1, 1));
        PolicySnapshot.Builder after = before.toBuilder();
        after.getProcessingUnitsBuilder(0)
                .getIncomingBuilder()
                .getDecisionsBuilder(0)
                .setAction(PolicyAction.ALLOW);
        assertThat(PolicyDeltas.between(before, PolicyDigest.seal(after.build()))).isEmpty();
    }

    @Test
    void theFormIsTheSameWhateverTheNumbers() {
        PolicySnapshot.Builder other =
                PolicySnapshot.newBuilder()
                        .setEnforcerId("e")
                        .setVersion(1)
                        .addAllText(List.of("", "unused", "db", "web", "default"));
        other.addProcessingUnits(
                unit(
                        DirectionPolicy.newBuilder()
                                .addDecisions(decision(PolicyAction.DENY, 4))
                                .addDecisions(decision(PolicyAction.ALLOW, 1))
                                .addDecisions(decision(PolicyAction.ALLOW, 2))
                                .addDecisions(decision(PolicyAction.ALLOW, 3))
                                .addClasses(PeerClass.getDefaultInstance())
                                .addClasses(program(2))
                                .addClasses(program(1))
                                .addClasses(program(3))
                                .addAddresses(address(2, 1))
                                .addAddresses(address(1, 3))));
        assertThat(PolicyDigest.seal(CanonicalForm.of(other.build())))
                .isEqualTo(policy(1, address(1, 1), address(2, 2)));
    }

    /// Without what every delta has.
    private static int size(PolicySnapshot before, PolicySnapshot after) {
        PolicyDelta delta = PolicyDeltas.between(before, after).orElseThrow();
        assertThat(PolicyDeltas.apply(before, delta)).contains(after);
        return delta.toBuilder()
                .clearConsoleId()
                .clearEnforcerId()
                .clearVersion()
                .clearDigest()
                .clearBaseDigest()
                .clearCompiledAtMs()
                .build()
                .getSerializedSize();
    }

    /// Class 1 lets in by `web`, class 2 by `db`.
    private static PolicySnapshot policy(long version, AddressClass... addresses) {
        PolicySnapshot.Builder policy =
                PolicySnapshot.newBuilder()
                        .setEnforcerId("e")
                        .setVersion(version)
                        .addAllText(List.of("", "default", "web", "db"));
        policy.addProcessingUnits(
                unit(
                        DirectionPolicy.newBuilder()
                                .addDecisions(decision(PolicyAction.DENY, 1))
                                .addDecisions(decision(PolicyAction.ALLOW, 2))
                                .addDecisions(decision(PolicyAction.ALLOW, 3))
                                .addClasses(PeerClass.getDefaultInstance())
                                .addClasses(program(1))
                                .addClasses(program(2))
                                .addAllAddresses(List.of(addresses))));
        return PolicyDigest.seal(CanonicalForm.of(policy.build()));
    }

    private static ProcessingUnitPolicy unit(DirectionPolicy.Builder incoming) {
        return ProcessingUnitPolicy.newBuilder()
                .setProcessingUnitId("unit")
                .setIncoming(incoming)
                .setOutgoing(
                        DirectionPolicy.newBuilder()
                                .addDecisions(incoming.getDecisions(0))
                                .addClasses(PeerClass.getDefaultInstance()))
                .build();
    }

    private static Decision decision(PolicyAction action, int policyId) {
        return Decision.newBuilder().setAction(action).setPolicyId(policyId).build();
    }

    private static PeerClass program(int decision) {
        return PeerClass.newBuilder()
                .addProgram(
                        PortRule.newBuilder()
                                .setProtocol(6)
                                .setPortLow(443)
                                .setPortHigh(443)
                                .setDecision(decision))
                .build();
    }

    private static AddressClass address(int last, int peerClass) {
        return AddressClass.newBuilder()
                .setAddress(ByteString.copyFrom(new byte[] {10, 0, 0, (byte) last}))
                .setPrefixLength(32)
                .setPeerClass(peerClass)
                .build();
    }
}
