package io.ringfence.bench.wire;

import io.ringfence.bench.measure.ProcessTree;
import io.ringfence.bench.stack.Stack;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// What runs on the host: an enforcer as the launcher starts it, and an echo.
public final class WiredHost implements AutoCloseable {
    private static final int ECHO_PORT = 5432;
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Pattern SWAP =
            Pattern.compile("the kernel enforces generation \\d+ after (\\d+) ms");

    private final Wire wire;
    private final Path log;
    private final Process enforcer;
    private final Process echo;
    private long logRead;

    private WiredHost(Wire wire, Path log, Process enforcer, Process echo) {
        this.wire = wire;
        this.log = log;
        this.enforcer = enforcer;
        this.echo = echo;
    }

    /// @param bootstrapToken with which the enforcer gets its certificate
    /// @param tags of the host
    public static WiredHost start(
            Wire wire,
            Path home,
            Stack stack,
            String namespace,
            String bootstrapToken,
            List<String> tags)
            throws IOException {
        Path folder = Files.createDirectories(stack.path("wired"));
        Path token = Files.writeString(folder.resolve("token"), bootstrapToken);
        Path configuration =
                Files.write(
                        folder.resolve("enforcer.conf"),
                        List.of(
                                "ENFORCERD_NAMESPACE=" + namespace,
                                "ENFORCERD_API=" + stack.apiTls(wire.consoleAddress()),
                                "ENFORCERD_KAFKA="
                                        + wire.consoleAddress()
                                        + ":"
                                        + stack.enforcersKafkaPort(),
                                "ENFORCERD_AUTHORITY=" + stack.path("pki/ca.pem"),
                                "ENFORCERD_TOKEN_FILE=" + token,
                                "ENFORCERD_WORKING_DIR=" + folder.resolve("state"),
                                "ENFORCERD_NAME=wired",
                                "ENFORCERD_MACHINE_ID=machine-of-wired",
                                "ENFORCERD_TAGS=" + String.join(",", tags)));
        Path log = folder.resolve("enforcer.log");
        Path target = home.resolve("enforcer-agent/target");
        Process enforcer =
                wire.start(
                        target.resolve("*") + ":" + target.resolve("lib") + "/*",
                        log,
                        List.of("-Xmx64m", "-Xss256k", "--enable-native-access=ALL-UNNAMED"),
                        List.of(
                                "io.ringfence.enforcer.agent.EnforcerAgent",
                                configuration.toString()));
        Process echo =
                wire.start(
                        System.getProperty("java.class.path"),
                        folder.resolve("echo.log"),
                        List.of("-Xmx16m"),
                        List.of(EchoServer.class.getName(), Integer.toString(ECHO_PORT)));
        return new WiredHost(wire, log, enforcer, echo);
    }

    public InetSocketAddress echoAddress() {
        return new InetSocketAddress(wire.hostAddress(), ECHO_PORT);
    }

    public ProcessTree enforcerProcess() {
        return new ProcessTree(enforcer.pid());
    }

    /// Waits for the first policy. Probes must not be on their way before: the kernel does not
    /// follow flows until then, and may take an answer for the beginning of one.
    public void awaitEnforcing(Duration patience)
            throws IOException, InterruptedException, TimeoutException {
        long until = System.nanoTime() + patience.toNanos();
        while (takeSwaps().isEmpty()) {
            if (System.nanoTime() > until) {
                throw new TimeoutException("the enforcer got no policy");
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    /// Milliseconds of each policy the kernel took since the last time: from having it, verified,
    /// to it being enforced and open connections being cut, as the enforcer says.
    public List<Double> takeSwaps() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            byte[] more = new byte[(int) (file.length() - logRead)];
            file.seek(logRead);
            file.readFully(more);
            logRead += more.length;
            return SWAP.matcher(new String(more, StandardCharsets.UTF_8))
                    .results()
                    .map(found -> Double.parseDouble(found.group(1)))
                    .toList();
        }
    }

    /// The end of what the enforcer said.
    public String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    }

    @Override
    public void close() throws InterruptedException {
        for (Process process : List.of(enforcer, echo)) {
            process.destroy();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }
}
