package io.ringfence.policy.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ringfence.contracts.policy.EnforcerReceipt;
import io.ringfence.contracts.policy.HeldDirectory;
import io.ringfence.contracts.policy.PolicyReceipt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InventoryFreshnessTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final InventoryFreshness freshness = new InventoryFreshness(meters);

    @Test
    void countsFromStoredToJudgedByIt() {
        freshness.sent("acme", 8, 1_000);
        freshness.acknowledged(receipt(7, 900), receipt(8, 1_040));
        assertThat(timer().totalTime(TimeUnit.MILLISECONDS)).isEqualTo(40);
    }

    @Test
    void countsEachOnceAndNothingForWhoHeldNone() {
        freshness.sent("acme", 8, 1_000);
        freshness.acknowledged(EnforcerReceipt.getDefaultInstance(), receipt(8, 9_000));
        freshness.acknowledged(receipt(8, 1_040), receipt(8, 1_040));
        freshness.acknowledged(receipt(6, 900), receipt(7, 950));
        assertThat(timer().count()).isZero();
    }

    private Timer timer() {
        return meters.get("ringfence.policy.inventory.freshness").timer();
    }

    private static EnforcerReceipt receipt(long version, long sinceMillis) {
        return EnforcerReceipt.newBuilder()
                .setReceipt(
                        PolicyReceipt.newBuilder()
                                .addDirectories(
                                        HeldDirectory.newBuilder()
                                                .setTenant("acme")
                                                .setVersion(version)
                                                .setSinceMs(sinceMillis)))
                .build();
    }
}
