package io.ringfence.enforcer.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.contracts.policy.EnforcerHello;
import io.ringfence.contracts.policy.PolicyReceipt;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.enforcer.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyReceiverTest {
    private static final PolicyService SERVICE = new PolicyService();

    @TempDir private Path folder;
    private final List<PolicySnapshot> enforced = new ArrayList<>();

    @Test
    void enforcesKeepsAndAnswersWithAReceipt() throws Exception {
        PolicyReceiver receiver = receiver(this::takes);
        PolicySnapshot policy = SERVICE.policy(3);
        PolicyReceipt receipt = receiver.receive(SERVICE.sign(policy));

        assertThat(receipt.getError()).isEmpty();
        assertThat(receipt.getVersion()).isEqualTo(3);
        assertThat(receipt.getDigest()).isEqualTo(policy.getDigest());
        assertThat(enforced).containsExactly(policy);
        assertThat(receiver.hello())
                .isEqualTo(
                        EnforcerHello.newBuilder()
                                .setVersion(3)
                                .setDigest(policy.getDigest())
                                .setEnforcedAtMs(receipt.getEnforcedAtMs())
                                .build());
        assertThat(receiver(this::takes).kept()).contains(policy);
    }

    @Test
    void refusesBeforeTheKernelSeesAnything() throws Exception {
        PolicyReceiver receiver = receiver(this::takes);
        PolicyReceipt receipt = receiver.receive(SERVICE.signAs("gateway", SERVICE.policy(3)));
        assertThat(receipt.getError()).contains("not by policy-service");
        assertThat(enforced).isEmpty();
        assertThat(receiver.kept()).isEmpty();
    }

    @Test
    void keepsTheOlderPolicyWhenTheKernelRefuses() throws Exception {
        PolicyReceiver willing = receiver(this::takes);
        willing.receive(SERVICE.sign(SERVICE.policy(3)));
        PolicyReceiver refusing = receiver(_ -> Optional.of("no room"));
        PolicyReceipt receipt = refusing.receive(SERVICE.sign(SERVICE.policy(4)));
        assertThat(receipt.getError()).isEqualTo("no room");
        assertThat(refusing.held()).isEmpty();
        assertThat(refusing.kept()).contains(SERVICE.policy(3));
    }

    @Test
    void refusesToGoBackBehindWhatItHolds() throws Exception {
        PolicyReceiver receiver = receiver(this::takes);
        receiver.restore(SERVICE.policy(9));
        assertThat(receiver.receive(SERVICE.sign(SERVICE.policy(8))).getError())
                .contains("is older than 9");
    }

    @Test
    void doesNotBelieveADamagedFile() throws Exception {
        receiver(this::takes).receive(SERVICE.sign(SERVICE.policy(3)));
        byte[] bytes = Files.readAllBytes(folder.resolve("policy"));
        bytes[20] ^= 1;
        Files.write(folder.resolve("policy"), bytes);
        assertThat(receiver(this::takes).kept()).isEmpty();
    }

    private Optional<String> takes(PolicySnapshot policy) {
        enforced.add(policy);
        return Optional.empty();
    }

    private PolicyReceiver receiver(PolicyTarget target) throws IOException {
        return new PolicyReceiver(
                new PolicyVerifier(
                        SERVICE.authority(),
                        PolicyService.CONSOLE,
                        PolicyService.ENFORCER,
                        PolicyService.NOW),
                target,
                StateFolder.open(folder),
                PolicyService.NOW);
    }
}
