package io.ringfence.enforcer.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.contracts.policy.PolicyReceipt;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReceiptPacingTest {
    private static final long MILLISECOND = 1_000_000;
    private static final Duration LONG = Duration.ofSeconds(5);

    private final ReceiptPacing pacing = new ReceiptPacing(Duration.ofMillis(100), 0);

    @Test
    void theFirstGoesAtOnceAndTheNextWaits() {
        pacing.offer(receipt(1), false, 0);
        assertThat(pacing.take(0)).contains(receipt(1));

        pacing.offer(receipt(2), false, 10 * MILLISECOND);
        pacing.offer(receipt(3), false, 60 * MILLISECOND);
        assertThat(pacing.take(99 * MILLISECOND)).isEmpty();
        assertThat(pacing.dueWithin(LONG, 60 * MILLISECOND)).isEqualTo(Duration.ofMillis(40));
        assertThat(pacing.take(100 * MILLISECOND)).contains(receipt(3));
        assertThat(pacing.take(500 * MILLISECOND)).isEmpty();
        assertThat(pacing.dueWithin(LONG, 0)).isEqualTo(LONG);
    }

    @Test
    void aPolicysGoesAtOnceAndTakesTheWaitingOnesPlace() {
        pacing.offer(receipt(1), true, 0);
        assertThat(pacing.take(0)).contains(receipt(1));
        pacing.offer(receipt(2), false, MILLISECOND);
        pacing.offer(receipt(3), true, 2 * MILLISECOND);
        assertThat(pacing.take(2 * MILLISECOND)).contains(receipt(3));
        assertThat(pacing.take(LONG.toNanos())).isEmpty();
    }

    private static PolicyReceipt receipt(long version) {
        return PolicyReceipt.newBuilder().setVersion(version).build();
    }
}
