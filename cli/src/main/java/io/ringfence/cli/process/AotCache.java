package io.ringfence.cli.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The JVM's ahead-of-time cache of one kind of process: loaded classes and profiles, which take
/// more than half off its start-up.
///
/// Recorded once after a build, by a stack that is started and stopped for it (`up --record`): the
/// JVM writes the cache when the process ends, which takes it some seconds. A cache older than its
/// jars is not used.
public record AotCache(ProjectHome home, String module, String kind) {
    private static final List<String> QUIET = List.of("-Xlog:aot*=off", "-Xlog:cds*=off");

    /// What the process is started with: nothing when there is no cache that fits.
    public List<String> use() {
        try {
            return Files.isRegularFile(file()) && newerThanJars()
                    ? with("-XX:AOTCache=" + file())
                    : List.of();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /// What the process is started with to leave a cache behind.
    public List<String> record() throws IOException {
        Files.createDirectories(file().getParent());
        Files.deleteIfExists(file());
        return with("-XX:AOTCacheOutput=" + file());
    }

    private static List<String> with(String option) {
        return List.of(option, QUIET.get(0), QUIET.get(1));
    }

    private Path file() {
        return home.path().resolve("target/aot").resolve(kind + ".aot");
    }

    private boolean newerThanJars() throws IOException {
        Path target = home.path().resolve(module).resolve("target");
        Path runner = target.resolve("quarkus-app/quarkus-run.jar");
        Path built = Files.exists(runner) ? runner : target.resolve("lib");
        return Files.getLastModifiedTime(file()).compareTo(Files.getLastModifiedTime(built)) > 0;
    }
}
