package io.ringfence.enforcer.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringfence.enforcer.fake.FakeConsole;
import io.ringfence.enforcer.fake.FakeStream;
import io.ringfence.enforcer.lab.Host;
import io.ringfence.enforcer.receive.CompletePolicy;
import io.ringfence.engine.directory.TenantDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A real enforcer in a network namespace, with the flags that the launcher gives it.
final class AgentProcess implements AutoCloseable {
    private final Process process;
    private final Path log;

    private AgentProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static AgentProcess start(Host host, Path configuration, Path log) throws Exception {
        return start(host, List.of(), configuration, log);
    }

    /// Where a file of that content is `/etc/resolv.conf`.
    static AgentProcess start(Host host, Path resolvers, Path configuration, Path log)
            throws Exception {
        return start(host, withResolvers(resolvers), configuration, log);
    }

    /// What to put before a command that is to find its resolvers in this file.
    static List<String> withResolvers(Path file) {
        return List.of(
                "unshare",
                "--mount",
                "sh",
                "-c",
                "mount --bind " + file + " /etc/resolv.conf && exec \"$@\"",
                "sh");
    }

    private static AgentProcess start(Host host, List<String> before, Path configuration, Path log)
            throws Exception {
        List<String> line = new ArrayList<>(before);
        line.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EnforcerAgent.class.getName(),
                        configuration.toString()));
        ProcessBuilder command =
                new ProcessBuilder(line)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return new AgentProcess(host.call(command::start), log);
    }

    /// Waits for it to connect, sends it its first policy and the directories of that, and wants a
    /// receipt.
    void enforce(FakeConsole console, CompletePolicy policy) throws Exception {
        FakeStream stream = console.stream();
        assertThat(stream.next().hasHello()).isTrue();
        stream.send(console.sign(policy.compiled(), 1));
        for (Map.Entry<String, TenantDirectory> each : policy.directories().entrySet()) {
            stream.send(console.directory(each.getKey(), each.getValue()));
        }
        assertThat(stream.next().getReceipt().getError()).as(log()).isEmpty();
    }

    /// Waits until it enforces what it was sent before an earlier process ended.
    void awaitKeptPolicy() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> log().contains("enforcing the kept policy, version 1"));
    }

    /// Resident memory now.
    long residentMegabytes() throws IOException {
        return Files.readString(Path.of("/proc/" + process.pid() + "/status"))
                        .lines()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .sum()
                / 1024;
    }

    /// SIGTERM.
    ///
    /// @return how long it took to end, in milliseconds
    long terminate() throws Exception {
        long begin = System.nanoTime();
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            throw new AssertionError("does not end: " + log());
        }
        return (System.nanoTime() - begin) / 1_000_000;
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() throws Exception {
        kill();
    }
}
