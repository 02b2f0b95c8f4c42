package io.ringfence.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ProbeTimesTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final ProbeTimes times = new ProbeTimes();

    @Test
    void passingBeginsWithTheFirstAnswerToAProbeAfterTheMark() throws Exception {
        times.send(100);
        long mark = times.next();
        times.answered(0, 150);
        assertThatThrownBy(() -> times.awaitAnswered(mark, AT_ONCE))
                .isInstanceOf(TimeoutException.class);
        times.answered(times.send(200), 260);
        assertThat(times.awaitAnswered(mark, SOON)).isEqualTo(260);
    }

    @Test
    void refusalBeginsWithTheFirstProbeThatStaysUnanswered() throws Exception {
        times.answered(times.send(1_000), 1_100);
        send(ProbeTimes.REFUSED_IN_A_ROW);
        assertThat(times.awaitRefused(SOON)).isEqualTo(2_000);
    }

    @Test
    void aLateAnswerMovesTheRefusalBehindIt() throws Exception {
        send(ProbeTimes.REFUSED_IN_A_ROW);
        times.answered(2, 9_000);
        assertThatThrownBy(() -> times.awaitRefused(AT_ONCE)).isInstanceOf(TimeoutException.class);
        send(3);
        assertThat(times.awaitRefused(SOON)).isEqualTo(2_003);
    }

    @Test
    void answersThatOvertakeEachOtherCountOnce() throws Exception {
        send(3);
        times.answered(2, 5_000);
        times.answered(1, 6_000);
        assertThat(times.lastAnswered()).isEqualTo(2);
        assertThat(times.awaitAnswered(0, SOON)).isEqualTo(5_000);
    }

    /// From 2,000 on, each later than the one before.
    private void send(int count) {
        for (int i = 0; i < count; i++) {
            times.send(2_000 + i);
        }
    }
}
