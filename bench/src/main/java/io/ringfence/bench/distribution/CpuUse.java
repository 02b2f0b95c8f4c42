package io.ringfence.bench.distribution;

import io.ringfence.bench.measure.ProcessTree;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// CPU seconds of each process since an instant.
final class CpuUse {
    private final Map<String, ProcessTree> processes;
    private final Map<String, Double> before = new LinkedHashMap<>();

    private CpuUse(Map<String, ProcessTree> processes) {
        this.processes = processes;
        processes.forEach((name, process) -> before.put(name, process.cpuSeconds()));
    }

    static CpuUse from(Map<String, ProcessTree> processes) {
        return new CpuUse(processes);
    }

    /// Adds what was used to a sum.
    void addTo(Map<String, Double> sum) {
        processes.forEach((name, process) ->
                sum.merge(
                        name, process.cpuSeconds() - before.getOrDefault(name, 0.0), Double::sum));
    }

    /// Milliseconds a piece, by process, those below 0.05 left out.
    static String each(Map<String, Double> seconds, long pieces) {
        return seconds.entrySet().stream()
                .filter(one -> one.getValue() * 1e3 / pieces >= 0.05)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .map(one -> "%s %.1f".formatted(one.getKey(), one.getValue() * 1e3 / pieces))
                .collect(Collectors.joining(", "));
    }
}
