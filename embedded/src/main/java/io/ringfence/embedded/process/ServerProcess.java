package io.ringfence.embedded.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A server that runs as a child of this process, with its output in a file.
public final class ServerProcess implements AutoCloseable {
    private static final int BETWEEN_LOOKS_MS = 20;
    private static final int STOP_SECONDS = 30;

    private final Process process;

    private ServerProcess(Process process) {
        this.process = process;
    }

    /// A main class of this module, ready once it has set its mark.
    ///
    /// @param classPath this module's jar and `target/lib`
    public static ServerProcess startJava(
            String classPath,
            String mainClass,
            Path settings,
            int heapMegabytes,
            Path log,
            ReadyMark mark,
            Duration patience)
            throws IOException, InterruptedException {
        mark.clear();
        return start(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xss512k",
                        "-Xmx" + heapMegabytes + "m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        classPath,
                        mainClass,
                        settings.toString()),
                log,
                mark::isSet,
                patience);
    }

    /// Returns once it is ready; ends it and fails when that takes longer than the patience.
    public static ServerProcess start(
            List<String> command, Path log, BooleanSupplier ready, Duration patience)
            throws IOException, InterruptedException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        ServerProcess server =
                new ServerProcess(
                        new ProcessBuilder(command)
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                                .start());
        Instant end = Instant.now().plus(patience);
        while (!ready.getAsBoolean()) {
            if (server.process.waitFor(BETWEEN_LOOKS_MS, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(
                        command.getLast() + " ended: " + Files.readString(log));
            }
            if (Instant.now().isAfter(end)) {
                server.close();
                throw new IllegalStateException(
                        command.getLast() + " is not ready in time: " + Files.readString(log));
            }
        }
        return server;
    }

    public long pid() {
        return process.pid();
    }

    /// As `kill -9`.
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// As SIGTERM; after half a minute as `kill -9`.
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
