package io.ringfence.policy.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ringfence.contracts.policy.EnforcerReceipt;
import io.ringfence.contracts.policy.PolicyReceipt;
import io.ringfence.contracts.policy.PolicySnapshot;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConvergenceTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Convergence convergence = new Convergence(meters);

    @Test
    void measuresFromTheChangeToItsAcknowledgement() {
        convergence.sent(policy("a"), 1_000);
        convergence.acknowledged(receipt("a", "", 1_040));
        assertMeasured(1, 40);
    }

    @Test
    void leavesTheTimeOfAnOvertakenPolicyToTheNext() {
        convergence.sent(policy("a"), 1_000);
        convergence.sent(policy("b"), 1_500);
        convergence.acknowledged(receipt("a", "", 1_600));
        assertMeasured(0, 0);
        convergence.acknowledged(receipt("b", "", 1_700));
        assertMeasured(1, 700);
    }

    @Test
    void countsAnAcknowledgementOnce() {
        convergence.sent(policy("a"), 1_000);
        convergence.acknowledged(receipt("a", "", 1_040));
        convergence.acknowledged(receipt("a", "", 9_000));
        assertMeasured(1, 40);
    }

    @Test
    void countsNoRefusalAndNobodyWhoIsGone() {
        convergence.sent(policy("a"), 1_000);
        convergence.acknowledged(receipt("a", "no room", 1_040));
        assertMeasured(0, 0);
        convergence.withdrawn("e1");
        convergence.acknowledged(receipt("a", "", 1_040));
        assertMeasured(0, 0);
    }

    private void assertMeasured(long count, double milliseconds) {
        var timer = meters.get("ringfence.policy.convergence").timer();
        assertThat(timer.count()).isEqualTo(count);
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(milliseconds);
    }

    private static PolicySnapshot policy(String digest) {
        return PolicySnapshot.newBuilder()
                .setEnforcerId("e1")
                .setDigest(ByteString.copyFromUtf8(digest))
                .build();
    }

    private static EnforcerReceipt receipt(String digest, String error, long at) {
        return EnforcerReceipt.newBuilder()
                .setEnforcerId("e1")
                .setReceipt(
                        PolicyReceipt.newBuilder()
                                .setDigest(ByteString.copyFromUtf8(digest))
                                .setError(error))
                .setReceivedAtMs(at)
                .build();
    }
}
