package io.ringfence.embedded.victoriametrics;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The command line of the system's VictoriaMetrics, with the flags that exact counting needs:
/// identical duplicates count once, and what was written is answered at once.
///
/// @param binary the program
/// @param folder where it keeps its data
/// @param port on loopback
/// @param kept how long samples stay; whole days
public record VictoriaMetrics(Path binary, Path folder, int port, Duration kept) {
    private static final List<String> NAMES = List.of("victoria-metrics", "victoria-metrics-prod");
    private static final Duration QUARTER = Duration.ofDays(93);

    public static Optional<VictoriaMetrics> find(Path folder, int port) {
        return findBinary().map(binary -> new VictoriaMetrics(binary, folder, port, QUARTER));
    }

    /// Looks along the path, then where Debian puts it.
    public static Optional<Path> findBinary() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Arrays.stream(path.split(File.pathSeparator)), Stream.of("/usr/bin"))
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public List<String> command() {
        return List.of(
                binary.toString(),
                "-storageDataPath=" + folder,
                "-httpListenAddr=127.0.0.1:" + port,
                "-dedup.minScrapeInterval=1ms",
                "-search.latencyOffset=0s",
                "-retentionPeriod=" + kept.toDays() + "d",
                "-memory.allowedBytes=256MB",
                "-loggerLevel=WARN");
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// Answers 200 once it is ready.
    public URI health() {
        return uri().resolve("/health");
    }
}
