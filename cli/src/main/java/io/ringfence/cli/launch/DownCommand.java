package io.ringfence.cli.launch;

import io.ringfence.cli.demo.Demo;
import io.ringfence.cli.stack.Processes;
import io.ringfence.cli.stack.Stack;
import io.ringfence.cli.stack.Stack.ProcessEntry;
import io.ringfence.cli.stack.StackOption;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `ringfence down`: ends every process of the stack, and removes every namespace and table it
/// made, also after its supervisor was killed.
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stop the stack; its data stays.")
public final class DownCommand implements Callable<Integer> {
    private static final Duration ORPHAN_LIMIT = Duration.ofSeconds(15);

    @Mixin private StackOption stackOption = new StackOption();

    @Option(
            names = "--within",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "Insist on it after this time (default: ${DEFAULT-VALUE}).")
    private int withinSeconds = 120;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Stack stack = stackOption.stack();
        ProcessEntry supervisor =
                new ProcessEntry(
                        "supervisor", stack.supervisorPid(), stack.supervisorStarted(), "", "");
        end(List.of(supervisor), Duration.ofSeconds(withinSeconds));
        end(stack.processes(), ORPHAN_LIMIT);
        if (stack.demo() != null) {
            Demo.sweep(stack.demo());
        }
        Stack left = Stack.read(stackOption.folder()).orElse(stack);
        new Stack(
                        Stack.Phase.STOPPED,
                        "stopped",
                        left.dataDir(),
                        left.portBase(),
                        left.apiUrl(),
                        left.consoleUrl(),
                        left.tlsUrl(),
                        left.adminCredential(),
                        0,
                        0,
                        List.of(),
                        null)
                .write(stackOption.folder());
        System.err.println("  stopped");
        return 0;
    }

    /// Asks those that run to end, and insists on it after a while.
    private static void end(List<ProcessEntry> entries, Duration limit)
            throws InterruptedException {
        List<ProcessEntry> running = running(entries);
        running.forEach(entry -> ProcessHandle.of(entry.pid()).ifPresent(ProcessHandle::destroy));
        awaitEnd(running, limit);
        running(running)
                .forEach(stubborn ->
                        ProcessHandle.of(stubborn.pid()).ifPresent(ProcessHandle::destroyForcibly));
    }

    private static List<ProcessEntry> running(List<ProcessEntry> entries) {
        return new ArrayList<>(
                entries.stream()
                        .filter(entry -> Processes.runs(entry.pid(), entry.started()))
                        .toList());
    }

    private static void awaitEnd(List<ProcessEntry> entries, Duration limit)
            throws InterruptedException {
        Instant until = Instant.now().plus(limit);
        while (!running(entries).isEmpty() && Instant.now().isBefore(until)) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
