package io.ringfence.bench.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private final Arrivals arrivals = new Arrivals();

    @Test
    void completesWithTheFirstArrivalAtEachOnceAllAreThere() {
        CompletableFuture<Map<String, Long>> all = arrivals.expect(List.of("a", "b"));
        arrivals.arrived("a", 5, 100);
        arrivals.arrived("a", 7, 100);
        assertThat(all).isNotDone();
        assertThat(arrivals.missing()).isEqualTo(1);
        arrivals.arrived("b", 9, 100);
        assertThat(all).isCompletedWithValue(Map.of("a", 5L, "b", 9L));
        assertThat(arrivals.take().repeated()).isEqualTo(1);
    }

    @Test
    void countsWhatReachesEnforcersThatAreNotConcerned() {
        CompletableFuture<Map<String, Long>> all = arrivals.expect(List.of("a"));
        arrivals.arrived("b", 1, 300);
        assertThat(all).isNotDone();
        arrivals.arrived("a", 2, 100);
        arrivals.expect(List.of("b"));
        arrivals.arrived("a", 3, 200);
        Arrivals.Counts counts = arrivals.take();
        assertThat(counts).isEqualTo(new Arrivals.Counts(3, 600, 2, 0, 0, 0));
        assertThat(counts.bytesPerMessage()).isEqualTo(200);
        assertThat(arrivals.take()).isEqualTo(new Arrivals.Counts(0, 0, 0, 0, 0, 0));
    }

    @Test
    void completesWithTheLastFirstArrivalOfADirectory() {
        CompletableFuture<Long> all = arrivals.expectDirectories(List.of("a", "b"));
        arrivals.arrivedDirectory("a", 5, 100);
        arrivals.arrivedDirectory("a", 6, 100);
        arrivals.arrivedDirectory("c", 7, 100);
        assertThat(all).isNotDone();
        arrivals.arrivedDirectory("b", 9, 500);
        assertThat(all).isCompletedWithValue(9L);
        assertThat(arrivals.take().bytesPerDirectory()).isEqualTo(200);
    }
}
