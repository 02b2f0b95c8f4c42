package io.ringfence.bench.measure;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.bench.load.Load;
import io.ringfence.bench.load.LoadGenerator;
import io.ringfence.bench.load.Seen;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/// One load on some processes, and what it cost them.
///
/// @param cpuSeconds by process
public record Round(Seen seen, Map<String, Double> cpuSeconds) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public static Round of(Load load, Map<String, ProcessTree> processes) throws IOException {
        Map<String, Double> cpuSeconds = new LinkedHashMap<>();
        processes.forEach((name, process) -> cpuSeconds.put(name, -process.cpuSeconds()));
        Seen seen = generate(load);
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

    private static Seen generate(Load load) throws IOException {
        Process generator =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                LoadGenerator.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (OutputStream input = generator.getOutputStream()) {
            JSON.writeValue(input, load);
        }
        return JSON.readValue(generator.getInputStream().readAllBytes(), Seen.class);
    }

    public double cpuMicrosecondsPerRequest() {
        return cpuSeconds.values().stream().mapToDouble(Double::doubleValue).sum()
                * 1e6
                / seen.answered();
    }

    double cpuMicrosecondsPerRequest(String process) {
        return cpuSeconds.getOrDefault(process, 0.0) * 1e6 / seen.answered();
    }
}
