package io.ringfence.bench.measure;

import io.ringfence.bench.load.Load;
import io.ringfence.bench.load.LoadProcess;
import io.ringfence.bench.load.Seen;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// One load on some processes, and what it cost them.
///
/// @param cpuSeconds by process
public record Round(Seen seen, Map<String, Double> cpuSeconds) {
    private static final double LEAST_MENTIONED_MICROSECONDS = 0.5;

    public static Round of(LoadProcess generator, Load load, Map<String, ProcessTree> processes)
            throws IOException {
        Map<String, Double> cpuSeconds = new LinkedHashMap<>();
        processes.forEach((name, process) -> cpuSeconds.put(name, -process.cpuSeconds()));
        Seen seen = generator.run(load);
        processes.forEach(
                (name, process) -> cpuSeconds.merge(name, process.cpuSeconds(), Double::sum));
        if (seen.failed() > 0 || seen.answered() == 0) {
            throw new IllegalStateException(
                    "%d of %d requests failed: %s"
                            .formatted(
                                    seen.failed(),
                                    seen.failed() + seen.answered(),
                                    seen.firstFailure()));
        }
        return new Round(seen, cpuSeconds);
    }

    public double cpuMicrosecondsPerRequest() {
        return cpuSeconds.values().stream().mapToDouble(Double::doubleValue).sum()
                * 1e6
                / seen.answered();
    }

    /// Of the processes for which it is worth mentioning.
    public Map<String, Double> cpuMicrosecondsByProcess() {
        Map<String, Double> microseconds = new LinkedHashMap<>();
        cpuSeconds.forEach((name, seconds) -> {
            double perRequest = seconds * 1e6 / seen.answered();
            if (perRequest >= LEAST_MENTIONED_MICROSECONDS) {
                microseconds.put(name, perRequest);
            }
        });
        return microseconds;
    }

    @Override
    public String toString() {
        return "%8.0f requests/s  %7.1f us CPU/request  p50 %6.2f ms  p99 %6.2f ms  (%s)"
                .formatted(
                        seen.perSecond(),
                        cpuMicrosecondsPerRequest(),
                        seen.medianMicroseconds() / 1e3,
                        seen.p99Microseconds() / 1e3,
                        cpuMicrosecondsByProcess().entrySet().stream()
                                .map(each -> "%s %.1f".formatted(each.getKey(), each.getValue()))
                                .collect(Collectors.joining(", ")));
    }
}
