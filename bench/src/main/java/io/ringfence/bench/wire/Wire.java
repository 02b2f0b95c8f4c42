package io.ringfence.bench.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A cable from this machine to a host, which is a network namespace. This end has two addresses:
/// the console's, and that of a peer whose traffic is judged.
///
/// Names carry the port base of the stack. What a killed run left behind, the next one removes.
public final class Wire implements AutoCloseable {
    private static final List<String> FOLDERS = List.of("/usr/sbin", "/sbin", "/usr/bin", "/bin");

    private final String namespace;
    private final String cable;
    private final String subnet;
    private final Thread removal = new Thread(this::remove, "remove the wire");

    private Wire(int portBase) {
        this.namespace = "rfbench" + portBase;
        this.cable = "rfb" + portBase;
        this.subnet = "10.78." + portBase / 100 % 256;
    }

    /// What this machine lacks for it.
    public static Optional<String> missing() throws IOException, InterruptedException {
        for (String program : List.of("ip", "nft", "unshare")) {
            if (FOLDERS.stream().noneMatch(at -> Files.isExecutable(Path.of(at, program)))) {
                return Optional.of("the program " + program);
            }
        }
        return run("unshare", "--net", "true").isPresent()
                ? Optional.of("root, and a kernel that lets it make network namespaces")
                : Optional.empty();
    }

    /// @param portBase of the stack that is going to be reached over it
    public static Wire lay(int portBase) throws IOException, InterruptedException {
        Wire wire = new Wire(portBase);
        wire.remove();
        Runtime.getRuntime().addShutdownHook(wire.removal);
        try {
            wire.lay();
            return wire;
        } catch (IOException failed) {
            wire.close();
            throw failed;
        }
    }

    private void lay() throws IOException, InterruptedException {
        must("ip", "netns", "add", namespace);
        must(
                "ip", "link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns",
                namespace);
        must("ip", "addr", "add", consoleAddress() + "/24", "dev", cable);
        must("ip", "addr", "add", peerAddress() + "/24", "dev", cable);
        must("ip", "link", "set", cable, "up");
        must("ip", "-n", namespace, "link", "set", "lo", "up");
        must("ip", "-n", namespace, "addr", "add", hostAddress() + "/24", "dev", "eth0");
        must("ip", "-n", namespace, "link", "set", "eth0", "up");
        must("ip", "-n", namespace, "route", "add", "default", "via", consoleAddress());
    }

    public String consoleAddress() {
        return subnet + ".1";
    }

    public String peerAddress() {
        return subnet + ".2";
    }

    public String hostAddress() {
        return subnet + ".11";
    }

    /// Starts a Java program on the host, small as the launcher's processes are.
    ///
    /// @param log what it prints is appended to
    Process start(String classPath, Path log, List<String> options, List<String> program)
            throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "ip",
                                "netns",
                                "exec",
                                namespace,
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath));
        command.addAll(program);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /// Ends whatever runs on the host, and removes the host.
    @Override
    public void close() {
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(removal);
        } catch (IllegalStateException endingAnyway) {
            // It may run a second time, and finds nothing then.
        }
    }

    private void remove() {
        try {
            if (Files.exists(Path.of("/run/netns", namespace))) {
                processes().forEach(ProcessHandle::destroyForcibly);
                run("ip", "netns", "del", namespace);
            }
            // It goes with the namespace, but not before the last process there has.
            run("ip", "link", "del", cable);
        } catch (IOException left) {
            System.err.println("The network namespace " + namespace + " is left: " + left);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Stream<ProcessHandle> processes() throws IOException {
        Process pids = new ProcessBuilder("ip", "netns", "pids", namespace).start();
        return new String(pids.getInputStream().readAllBytes())
                .lines()
                .map(Long::parseLong)
                .flatMap(pid -> ProcessHandle.of(pid).stream());
    }

    private static void must(String... command) throws IOException, InterruptedException {
        String failure = run(command).orElse(null);
        if (failure != null) {
            throw new IOException("'" + String.join(" ", command) + "' failed: " + failure);
        }
    }

    /// @return what a failed program printed
    private static Optional<String> run(String... command)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes()).strip();
        return process.waitFor() == 0 ? Optional.empty() : Optional.of(output);
    }
}
