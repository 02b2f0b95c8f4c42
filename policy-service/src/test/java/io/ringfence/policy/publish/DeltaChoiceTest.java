package io.ringfence.policy.publish;

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
import io.ringfence.engine.form.CanonicalForm;
import io.ringfence.engine.form.PolicyDeltas;
import io.ringfence.engine.form.PolicyDigest;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeltaChoiceTest {
    private final DeltaChoice choice = new DeltaChoice();

    @Test
    void sendsWhatHasChangedOfALargePolicy() {
        PolicyDelta delta = choice.choose(Optional.of(policy(100)), policy(101)).orElseThrow();
        assertThat(PolicyDeltas.apply(policy(100), delta)).contains(policy(101));
    }

    @Test
    void sendsTheWholeToWhoHasNothingAndWhereADeltaIsNotShorter() {
        assertThat(choice.choose(Optional.empty(), policy(100))).isEmpty();
        assertThat(choice.choose(Optional.of(policy(0)), policy(100))).isEmpty();
    }

    @Test
    void sendsTheWholeNowAndThen() {
        for (int sent = 0; sent < DeltaChoice.IN_A_ROW; sent++) {
            assertThat(choice.choose(Optional.of(policy(100)), policy(101))).isPresent();
        }
        assertThat(choice.choose(Optional.of(policy(100)), policy(101))).isEmpty();
        assertThat(choice.choose(Optional.of(policy(100)), policy(101))).isPresent();
    }

    /// So many addresses in one class.
    private static PolicySnapshot policy(int addresses) {
        DirectionPolicy.Builder incoming =
                DirectionPolicy.newBuilder()
                        .addDecisions(Decision.newBuilder().setAction(PolicyAction.DENY))
                        .addDecisions(Decision.newBuilder().setAction(PolicyAction.ALLOW))
                        .addClasses(PeerClass.getDefaultInstance())
                        .addClasses(
                                PeerClass.newBuilder()
                                        .addProgram(PortRule.newBuilder().setDecision(1)));
        for (int number = 0; number < addresses; number++) {
            incoming.addAddresses(
                    AddressClass.newBuilder()
                            .setAddress(ByteString.copyFrom(new byte[] {10, 0, 0, (byte) number}))
                            .setPrefixLength(32)
                            .setPeerClass(1));
        }
        return PolicyDigest.seal(
                CanonicalForm.of(
                        PolicySnapshot.newBuilder()
                                .setEnforcerId("e")
                                .addText("")
                                .addProcessingUnits(
                                        ProcessingUnitPolicy.newBuilder().setIncoming(incoming))
                                .build()));
    }
}
