package io.ringfence.enforcer.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.policy.EnforcerHello;
import io.ringfence.contracts.policy.PolicyReceipt;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.SignedDirectory;
import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.enforcer.state.StateFolder;
import io.ringfence.engine.directory.TenantDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyReceiverTest {
    private static final PolicyService SERVICE = new PolicyService();
    private static final TenantDirectory ONE =
            TenantDirectory.of(List.of(PolicyService.owner("10.0.0.1", "one")));
    private static final TenantDirectory TWO = ONE.with(PolicyService.owner("10.0.0.2", "two"));

    @TempDir private Path folder;
    private final List<PolicySnapshot> enforced = new ArrayList<>();
    private final List<ByteString> read = new ArrayList<>();

    @Test
    void enforcesKeepsAndAnswersWithAReceipt() throws Exception {
        PolicyReceiver receiver = receiver(this::takes);
        PolicySnapshot policy = SERVICE.policy(3);
        PolicyReceipt receipt = receive(receiver, SERVICE.sign(policy));

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
        assertThat(receiver(this::takes).kept().map(CompletePolicy::compiled)).contains(policy);
    }

    @Test
    void refusesBeforeTheKernelSeesAnything() throws Exception {
        PolicyReceiver receiver = receiver(this::takes);
        PolicyReceipt receipt = receive(receiver, SERVICE.signAs("gateway", SERVICE.policy(3)));
        assertThat(receipt.getError()).contains("not by policy-service");
        assertThat(enforced).isEmpty();
        assertThat(receiver.kept()).isEmpty();
    }

    @Test
    void keepsTheOlderPolicyWhenTheKernelRefuses() throws Exception {
        PolicyReceiver willing = receiver(this::takes);
        receive(willing, SERVICE.sign(SERVICE.policy(3)));
        PolicyReceiver refusing = receiver(_ -> Optional.of("no room"));
        PolicyReceipt receipt = receive(refusing, SERVICE.sign(SERVICE.policy(4)));
        assertThat(receipt.getError()).isEqualTo("no room");
        assertThat(refusing.held()).isEmpty();
        assertThat(refusing.kept().map(CompletePolicy::compiled)).contains(SERVICE.policy(3));
    }

    @Test
    void refusesToGoBackBehindWhatItHolds() throws Exception {
        PolicyReceiver receiver = receiver(this::takes);
        receiver.restore(new CompletePolicy(SERVICE.policy(9), Map.of()));
        assertThat(receive(receiver, SERVICE.sign(SERVICE.policy(8))).getError())
                .contains("is older than 9");
    }

    @Test
    void doesNotBelieveADamagedFile() throws Exception {
        receive(receiver(this::takes), SERVICE.sign(SERVICE.policy(3)));
        byte[] bytes = Files.readAllBytes(folder.resolve("policy"));
        bytes[20] ^= 1;
        Files.write(folder.resolve("policy"), bytes);
        assertThat(receiver(this::takes).kept()).isEmpty();
    }

    @Test
    void aPolicyWaitsForItsDirectoryWhicheverComesFirst() throws Exception {
        PolicyReceiver receiver = receiver(this::takes);
        assertThat(receiver.receive(arrivals(SERVICE.sign(SERVICE.policyOfTenant(3))))).isEmpty();
        assertThat(enforced).isEmpty();

        PolicyReceipt receipt = receiver.receive(arrivals(SERVICE.sign(ONE, 7))).orElseThrow();
        assertThat(enforced).containsExactly(SERVICE.policyOfTenant(3));
        assertThat(read).containsExactly(ONE.digest());
        assertThat(receipt.getVersion()).isEqualTo(3);
        assertThat(receipt.getDirectories(0).getVersion()).isEqualTo(7);
        assertThat(receipt.getDirectories(0).getDigest()).isEqualTo(ONE.digest());
        assertThat(receiver.hello().getDirectoriesList()).isEqualTo(receipt.getDirectoriesList());

        PolicyReceiver other = receiver(this::takes);
        assertThat(other.receive(arrivals(SERVICE.sign(ONE, 7)))).isEmpty();
        assertThat(other.receive(arrivals(SERVICE.sign(SERVICE.policyOfTenant(3))))).isPresent();
    }

    @Test
    void changesLeadOnAndSurviveARestart() throws Exception {
        PolicyReceiver receiver = receiver(this::takes);
        receiver.receive(arrivals(SERVICE.sign(ONE, 7)));
        receiver.receive(arrivals(SERVICE.sign(SERVICE.policyOfTenant(3))));
        PolicyReceipt receipt =
                receiver.receive(
                                arrivals(
                                        SERVICE.signChange(ONE, TWO, 8),
                                        SERVICE.signChange(TWO, ONE, 9),
                                        SERVICE.signChange(ONE, TWO, 10)))
                        .orElseThrow();
        assertThat(read).containsExactly(ONE.digest(), TWO.digest());
        assertThat(receipt.getVersion()).isEqualTo(3);
        assertThat(receipt.getDirectories(0).getVersion()).isEqualTo(10);

        receiver.keep();
        PolicyReceiver again = receiver(this::takes);
        CompletePolicy kept = again.kept().orElseThrow();
        assertThat(kept.directories().get(PolicyService.TENANT))
                .extracting(TenantDirectory::digest)
                .isEqualTo(TWO.digest());
        again.restore(kept);
        assertThat(again.hello().getDirectories(0).getVersion()).isEqualTo(10);
    }

    @Test
    void speaksOfDirectoriesOnlyOnceTheKernelHasThem() throws Exception {
        AtomicBoolean isFull = new AtomicBoolean();
        PolicyReceiver receiver =
                receiver(policy -> isFull.get() ? Optional.of("no room") : takes(policy));
        receiver.receive(arrivals(SERVICE.sign(ONE, 7)));
        receiver.receive(arrivals(SERVICE.sign(SERVICE.policyOfTenant(3))));

        isFull.set(true);
        PolicyReceipt failed =
                receiver.receive(arrivals(SERVICE.signChange(ONE, TWO, 8))).orElseThrow();
        assertThat(failed.getError()).isEqualTo("no room");
        assertThat(failed.getDirectoriesList()).isEmpty();
        assertThat(receiver.hello().getDirectoriesList()).isEmpty();

        isFull.set(false);
        PolicyReceipt retried = receiver.retry().orElseThrow();
        assertThat(retried.getDirectories(0).getDigest()).isEqualTo(TWO.digest());
        assertThat(read).containsExactly(ONE.digest(), TWO.digest());
        assertThat(receiver.retry()).isEmpty();
    }

    @Test
    void aRefusedPolicyDoesNotKeepADirectoryFromTheOneHeld() throws Exception {
        PolicyReceiver receiver = receiver(this::takes);
        receiver.receive(arrivals(SERVICE.sign(ONE, 7)));
        receiver.receive(arrivals(SERVICE.sign(SERVICE.policyOfTenant(3))));
        PolicyReceipt refusal =
                receiver.receive(
                                new Arrivals(
                                        List.of(SERVICE.signAs("gateway", SERVICE.policy(4))),
                                        List.of(SERVICE.signChange(ONE, TWO, 8))))
                        .orElseThrow();
        assertThat(refusal.getError()).contains("not by policy-service");
        assertThat(read).containsExactly(ONE.digest(), TWO.digest());
        assertThat(receiver.hello().getDirectories(0).getDigest()).isEqualTo(TWO.digest());
    }

    @Test
    void goingBackALittleDoesNotLeadFurtherBack() throws Exception {
        PolicyReceiver receiver = receiver(this::takes);
        receiver.receive(arrivals(SERVICE.sign(ONE, 200_000)));
        receiver.receive(arrivals(SERVICE.sign(TWO, 150_000)));
        assertGap(receiver, SERVICE.sign(ONE, 100_000), "is older than 200000");
    }

    @Test
    void whatDoesNotLeadOnChangesNothing() throws Exception {
        PolicyReceiver receiver = receiver(this::takes);
        receiver.receive(arrivals(SERVICE.sign(ONE, 100_000)));
        receiver.receive(arrivals(SERVICE.sign(SERVICE.policyOfTenant(3))));

        assertGap(receiver, SERVICE.signChange(TWO, ONE, 100_001), "does not follow");
        assertGap(receiver, SERVICE.signAs("gateway", TWO, 100_001), "not by policy-service");
        assertGap(receiver, SERVICE.sign(TWO, 1), "is older than 100000");
        SignedDirectory fits = SERVICE.sign(TWO, 100_001);
        assertGap(
                receiver,
                fits.toBuilder().setContent(fits.getContent().substring(1)).build(),
                "signature");
        assertThat(read).containsExactly(ONE.digest());
        assertThat(receiver.hello().getDirectories(0).getDigest()).isEqualTo(ONE.digest());
    }

    @Test
    void aPolicyWhoseDirectoryIsLostIsNotBelievedToBeComplete() throws Exception {
        PolicyReceiver receiver = receiver(this::takes);
        receiver.receive(arrivals(SERVICE.sign(ONE, 7)));
        receiver.receive(arrivals(SERVICE.sign(SERVICE.policyOfTenant(3))));
        byte[] bytes = Files.readAllBytes(folder.resolve("directories"));
        bytes[bytes.length - 1] ^= 1;
        Files.write(folder.resolve("directories"), bytes);
        assertThat(receiver(this::takes).kept()).isEmpty();
    }

    @Test
    void deltasLeadOnAndAreEnforcedOnceAndSurviveARestart() throws Exception {
        PolicyReceiver receiver = receiver(this::takes);
        PolicySnapshot three = SERVICE.policyAbout(3, "10.0.0.1");
        PolicySnapshot four = SERVICE.policyAbout(4, "10.0.0.1", "10.0.0.2");
        PolicySnapshot five = SERVICE.policyAbout(5, "10.0.0.2");
        receive(receiver, SERVICE.sign(three));
        PolicyReceipt receipt =
                receiver.receive(
                                new Arrivals(
                                        List.of(
                                                SERVICE.signDelta(three, four),
                                                SERVICE.signDelta(four, five)),
                                        List.of()))
                        .orElseThrow();
        assertThat(enforced).containsExactly(three, five);
        assertThat(receipt.getDigest()).isEqualTo(five.getDigest());

        PolicyReceiver again = receiver(this::takes);
        CompletePolicy kept = again.kept().orElseThrow();
        assertThat(kept.compiled()).isEqualTo(five);
        again.restore(kept);
        assertThat(receive(again, SERVICE.signDelta(five, SERVICE.policyAbout(6, "10.0.0.3"))))
                .extracting(PolicyReceipt::getVersion)
                .isEqualTo(6L);
        assertThat(receiver(this::takes).kept().map(CompletePolicy::compiled))
                .contains(SERVICE.policyAbout(6, "10.0.0.3"));
    }

    @Test
    void whatOnlyWaitedIsForgottenWithItsConnection() throws Exception {
        PolicyReceiver receiver = receiver(this::takes);
        PolicySnapshot three = SERVICE.policyAbout(3, "10.0.0.1");
        PolicySnapshot four = SERVICE.policyAbout(4, "10.0.0.2");
        PolicySnapshot five = SERVICE.policyAbout(5, "10.0.0.3");
        receive(receiver, SERVICE.sign(three));
        assertThatThrownBy(() ->
                        receiver.receive(
                                new Arrivals(
                                        List.of(
                                                SERVICE.signDelta(three, four),
                                                SERVICE.signDelta(three, five)),
                                        List.of())))
                .isInstanceOf(GapException.class);
        assertThat(receiver.hello().getDigest()).isEqualTo(three.getDigest());

        receiver.receive(arrivals(SERVICE.sign(ONE, 7)));
        receive(receiver, SERVICE.signDelta(three, five));
        assertThat(enforced).contains(three, five).doesNotContain(four);
    }

    @Test
    void aDeltaThatDoesNotLeadOnChangesNothing() throws Exception {
        PolicyReceiver receiver = receiver(this::takes);
        PolicySnapshot three = SERVICE.policyAbout(3, "10.0.0.1");
        PolicySnapshot four = SERVICE.policyAbout(4, "10.0.0.2");
        PolicySnapshot five = SERVICE.policyAbout(5, "10.0.0.3");
        SignedPolicy fits = SERVICE.signDelta(three, four);
        assertGap(receiver, fits, "nothing is kept");
        receive(receiver, SERVICE.sign(three));
        assertGap(receiver, SERVICE.signDelta(four, five), "does not lead on");
        assertGap(receiver, fits.toBuilder().clearSignature().build(), "signature");
        assertGap(
                receiver,
                fits.toBuilder().setSignature(SERVICE.sign(four).getSignature()).build(),
                "signature");
        assertThat(enforced).containsExactly(three);
        assertThat(receiver.receive(arrivals(fits.toBuilder().setIsDelta(false).build())))
                .get()
                .extracting(PolicyReceipt::getError)
                .asString()
                .contains("signature");
        assertThat(enforced).containsExactly(three);
    }

    private void assertGap(PolicyReceiver receiver, SignedPolicy delta, String reason) {
        assertThatThrownBy(() -> receiver.receive(arrivals(delta)))
                .isInstanceOf(GapException.class)
                .hasMessageContaining(reason);
    }

    private void assertGap(PolicyReceiver receiver, SignedDirectory directory, String reason) {
        assertThatThrownBy(() -> receiver.receive(arrivals(directory)))
                .isInstanceOf(GapException.class)
                .hasMessageContaining(reason);
    }

    private static PolicyReceipt receive(PolicyReceiver receiver, SignedPolicy signed)
            throws IOException {
        return receiver.receive(arrivals(signed)).orElseThrow();
    }

    private static Arrivals arrivals(SignedPolicy policy) {
        return new Arrivals(List.of(policy), List.of());
    }

    private static Arrivals arrivals(SignedDirectory... directories) {
        return new Arrivals(List.of(), List.of(directories));
    }

    private Optional<String> takes(CompletePolicy policy) {
        enforced.add(policy.compiled());
        policy.directories().values().forEach(directory -> read.add(directory.digest()));
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
