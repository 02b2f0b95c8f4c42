package io.ringfence.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A process and all below it: PostgreSQL works in children.
public record ProcessTree(long pid) {
    private static final double TICKS_PER_SECOND = 100;

    /// User and system time so far, of everything that runs now. In steps of 10 ms per process.
    public double cpuSeconds() {
        return Stream.concat(
                        Stream.of(pid),
                        ProcessHandle.of(pid).stream()
                                .flatMap(ProcessHandle::descendants)
                                .map(ProcessHandle::pid))
                .mapToDouble(ProcessTree::ofOne)
                .sum();
    }

    /// What of the process itself is in memory, without its children.
    public long residentBytes() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElseThrow(() -> new IOException("process " + pid + " has no memory"));
        }
    }

    /// proc(5): fields 14 and 15 of stat. The second field is in parentheses and may hold anything.
    private static double ofOne(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
            return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12)))
                    / TICKS_PER_SECOND;
        } catch (IOException ended) {
            return 0;
        }
    }
}
