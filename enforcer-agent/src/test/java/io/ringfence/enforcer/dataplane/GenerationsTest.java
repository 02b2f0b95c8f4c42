package io.ringfence.enforcer.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.contracts.policy.PolicySnapshot;
import org.junit.jupiter.api.Test;

class GenerationsTest {
    @Test
    void numbersGoAroundWithoutZero() {
        assertThat(Generations.after(0)).isEqualTo(1);
        assertThat(Generations.after(253)).isEqualTo(254);
        assertThat(Generations.after(254)).isEqualTo(1);
    }

    @Test
    void remembersTheLastEight() {
        Generations generations = new Generations();
        int generation = 250;
        for (int version = 0; version < 10; version++) {
            generation = Generations.after(generation);
            generations.remember(
                    generation, PolicySnapshot.newBuilder().setVersion(version).build());
        }
        assertThat(generation).isEqualTo(6);
        assertThat(generations.policyOf(6)).map(PolicySnapshot::getVersion).contains(9L);
        assertThat(generations.policyOf(253)).map(PolicySnapshot::getVersion).contains(2L);
        assertThat(generations.policyOf(252)).isEmpty();
        assertThat(generations.policyOf(251)).isEmpty();
        assertThat(generations.policyOf(255)).isEmpty();
    }
}
