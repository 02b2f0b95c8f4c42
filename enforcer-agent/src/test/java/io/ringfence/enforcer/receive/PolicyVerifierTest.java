package io.ringfence.enforcer.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.ProcessingUnitPolicy;
import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.enforcer.receive.PolicyCheck.Genuine;
import io.ringfence.enforcer.receive.PolicyCheck.Refused;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyVerifierTest {
    private static final PolicyService SERVICE = new PolicyService();
    private static final PolicyService STRANGER = new PolicyService();

    private final PolicyVerifier verifier = verifier(PolicyService.NOW);

    static List<Arguments> refused() {
        PolicySnapshot policy = SERVICE.policy(7);
        SignedPolicy signed = SERVICE.sign(policy);
        byte[] tampered = signed.getContent().toByteArray();
        tampered[tampered.length / 2] ^= 1;
        return List.of(
                arguments(
                        "signed by another process of the console",
                        SERVICE.signAs("gateway", policy),
                        "not by policy-service"),
                arguments(
                        "signed by another console's policy-service",
                        STRANGER.sign(policy),
                        "not issued by the console's authority"),
                arguments(
                        "signed with another key than the certificate's",
                        signed.toBuilder()
                                .setSignature(STRANGER.sign(policy).getSignature())
                                .build(),
                        "signature does not fit"),
                arguments(
                        "one bit of the content changed",
                        signed.toBuilder().setContent(ByteString.copyFrom(tampered)).build(),
                        "signature does not fit"),
                arguments(
                        "no certificate",
                        signed.toBuilder().clearCertificate().build(),
                        "not an X.509 certificate"),
                arguments(
                        "for another enforcer",
                        SERVICE.sign(
                                PolicyService.sealed(
                                        policy.toBuilder().setEnforcerId("f".repeat(24)))),
                        "for another enforcer"),
                arguments(
                        "for another console",
                        SERVICE.sign(PolicyService.sealed(policy.toBuilder().setConsoleId("c2"))),
                        "from another console"),
                arguments(
                        "older than the one held",
                        SERVICE.sign(SERVICE.policy(4)),
                        "is older than"),
                arguments(
                        "content that its digest does not describe",
                        SERVICE.sign(
                                policy.toBuilder()
                                        .addProcessingUnits(
                                                ProcessingUnitPolicy.newBuilder()
                                                        .setProcessingUnitId("other"))
                                        .build()),
                        "digest does not fit"),
                arguments(
                        "signed, but not a policy",
                        SERVICE.signBytes(new byte[] {7, 7, 7}),
                        "not a policy"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refused(String why, SignedPolicy signed, String reason) {
        assertThat(verifier.verify(signed, 5))
                .as(why)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).contains(reason));
    }

    @Test
    void believesWhatPolicyServiceSignedForThisEnforcer() {
        PolicySnapshot policy = SERVICE.policy(5);
        assertThat(verifier.verify(SERVICE.sign(policy), 5)).isEqualTo(new Genuine(policy));
    }

    @Test
    void takesTheDigestThatTheCompilerMadeBeforeTheConsoleWasNamed() {
        PolicySnapshot unnamed =
                PolicyService.sealed(SERVICE.policy(5).toBuilder().clearConsoleId());
        PolicySnapshot named = unnamed.toBuilder().setConsoleId(PolicyService.CONSOLE).build();
        assertThat(verifier.verify(SERVICE.sign(named), 5)).isEqualTo(new Genuine(named));
    }

    @Test
    void refusesAnExpiredSignerButStillTakesWhatWasKept() {
        PolicyVerifier later = verifier(Clock.offset(PolicyService.NOW, Duration.ofDays(400)));
        SignedPolicy signed = SERVICE.sign(SERVICE.policy(5));
        assertThat(later.verify(signed, 0)).isInstanceOf(Refused.class);
        assertThat(later.verifyKept(signed)).isInstanceOf(Genuine.class);
        assertThat(later.verifyKept(STRANGER.sign(STRANGER.policy(5)))).isInstanceOf(Refused.class);
    }

    private static PolicyVerifier verifier(Clock clock) {
        return new PolicyVerifier(
                SERVICE.authority(),
                PolicyService.CONSOLE,
                PolicyService.ENFORCER,
                Clock.fixed(clock.instant(), ZoneOffset.UTC));
    }
}
