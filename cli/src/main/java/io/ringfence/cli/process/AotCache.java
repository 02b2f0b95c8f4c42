package io.ringfence.cli.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The JVM's ahead-of-time cache of one process: loaded classes and profiles, which take more than
/// half off its start-up.
///
/// A process without a cache that fits its jars records one while it runs, and the JVM writes it
/// when the process ends in good order; so the first `down` after a build makes every later `up`
/// quick. A cache that does not fit is ignored by the JVM.
public record AotCache(ProjectHome home, String module, String process) {
    public List<String> arguments() {
        Path cache = home.path().resolve("target/aot").resolve(process + ".aot");
        try {
            if (Files.isRegularFile(cache) && newerThanJars(cache)) {
                return List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=off", "-Xlog:cds*=off");
            }
            Files.createDirectories(cache.getParent());
            Files.deleteIfExists(cache);
        } catch (IOException unwritable) {
            return List.of();
        }
        return List.of("-XX:AOTCacheOutput=" + cache, "-Xlog:aot*=off", "-Xlog:cds*=off");
    }

    private boolean newerThanJars(Path cache) throws IOException {
        Path quarkus =
                home.path()
                        .resolve(module)
                        .resolve("target/quarkus-app/quarkus-app-dependencies.txt");
        Path built =
                Files.exists(quarkus) ? quarkus : home.path().resolve(module).resolve("target/lib");
        return Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(built)) > 0;
    }
}
