package io.ringfence.bench.stack;

import io.ringfence.bench.measure.ProcessTree;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `bench/bare`, started with the flags that a service of a stack has.
final class BareProcess implements AutoCloseable {
    private final Process process;

    private BareProcess(Process process) {
        this.process = process;
    }

    /// Returns when it listens.
    ///
    /// @param properties `name=value`, what it is to be
    static BareProcess start(Path home, List<String> properties) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx192m", "-Xss512k"));
        properties.forEach(property -> command.add("-D" + property));
        command.add("-jar");
        command.add(home.resolve("bench/bare/target/quarkus-app/quarkus-run.jar").toString());
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader output = process.inputReader();
        StringBuilder said = new StringBuilder();
        String line = output.readLine();
        while (line != null && !line.contains("Listening on")) {
            said.append(line).append('\n');
            line = output.readLine();
        }
        if (line == null) {
            throw new IOException("a bare process ended before it listened:\n" + said);
        }
        return new BareProcess(process);
    }

    ProcessTree tree() {
        return new ProcessTree(process.pid());
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
