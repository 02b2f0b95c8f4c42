package io.ringfence.bench.stack;

import io.ringfence.bench.measure.ProcessTree;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;

/// `bench/bare`, started with the flags that a service of a stack has.
public final class BareEndpoint implements AutoCloseable {
    private final Process process;
    private final int port;

    private BareEndpoint(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    public static BareEndpoint start(Path home, int port) throws IOException {
        Process process =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-XX:+UseSerialGC",
                                "-Xmx192m",
                                "-Xss512k",
                                "-Dquarkus.http.port=" + port,
                                "-jar",
                                home.resolve("bench/bare/target/quarkus-app/quarkus-run.jar")
                                        .toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        while (line != null && !line.contains("Listening on")) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IOException("the bare endpoint ended before it listened");
        }
        return new BareEndpoint(process, port);
    }

    public String url() {
        return "http://127.0.0.1:%d/hello".formatted(port);
    }

    public ProcessTree processTree() {
        return new ProcessTree(process.pid());
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
