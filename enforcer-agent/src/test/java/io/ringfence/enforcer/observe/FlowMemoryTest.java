package io.ringfence.enforcer.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FlowMemoryTest {
    private static final long ORIGIN = 5_000_000;

    @Test
    void forgetsAfterThePeriodSinceTheFirstSight() {
        FlowMemory memory = new FlowMemory(Duration.ofSeconds(300), false, 1000, ORIGIN);
        assertThat(memory.isNew(7, ORIGIN)).isTrue();
        assertThat(memory.isNew(7, ORIGIN + 299_000)).isFalse();
        assertThat(memory.isNew(7, ORIGIN + 300_000)).isTrue();
    }

    @Test
    void forgetsAfterThePeriodSinceTheLastSightIfThatProlongs() {
        FlowMemory memory = new FlowMemory(Duration.ofSeconds(120), true, 1000, ORIGIN);
        assertThat(memory.isNew(7, ORIGIN)).isTrue();
        assertThat(memory.isNew(7, ORIGIN + 100_000)).isFalse();
        assertThat(memory.isNew(7, ORIGIN + 200_000)).isFalse();
        assertThat(memory.isNew(7, ORIGIN + 320_000)).isTrue();
    }

    @Test
    void agreesWithAMapThatForgetsNothing() {
        FlowMemory memory = new FlowMemory(Duration.ofSeconds(10), false, 1 << 20, ORIGIN);
        Map<Long, Long> seen = new HashMap<>();
        Random random = new Random(1);
        for (long now = ORIGIN; now < ORIGIN + 100_000; now += 100) {
            for (int packet = 0; packet < 200; packet++) {
                long fingerprint = random.nextInt(20_000) * 0x9e3779b97f4a7c15L;
                Long before = seen.get(fingerprint);
                boolean isNew = before == null || now - before >= 10_000;
                assertThat(memory.isNew(fingerprint, now)).isEqualTo(isNew);
                if (isNew) {
                    seen.put(fingerprint, now);
                }
            }
        }
        assertThat(memory.forgotten()).isZero();
    }

    @Test
    void forgetsTheOldestFirstWhenItIsFull() {
        FlowMemory memory = new FlowMemory(Duration.ofHours(1), false, 10_000, ORIGIN);
        long count = 40_000;
        for (long flow = 1; flow <= count; flow++) {
            assertThat(memory.isNew(flow, ORIGIN + flow * 100)).isTrue();
        }
        assertThat(memory.isNew(count, ORIGIN + count * 100)).isFalse();
        assertThat(memory.isNew(count - 4_000, ORIGIN + count * 100)).isFalse();
        assertThat(memory.isNew(1, ORIGIN + count * 100)).isTrue();
        assertThat(memory.forgotten()).isPositive();
    }
}
