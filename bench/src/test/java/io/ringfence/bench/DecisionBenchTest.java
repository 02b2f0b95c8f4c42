package io.ringfence.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DecisionBenchTest {

    @Test
    void decidesRightAboutEveryCaller() throws Exception {
        assertThat(new DecisionBench(50).perSecond(1)).isPositive();
    }
}
