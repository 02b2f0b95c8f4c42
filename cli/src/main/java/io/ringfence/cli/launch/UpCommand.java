package io.ringfence.cli.launch;

import io.ringfence.cli.UserError;
import io.ringfence.cli.demo.Demo;
import io.ringfence.cli.process.AotCache;
import io.ringfence.cli.process.ProjectHome;
import io.ringfence.cli.stack.DataFolder;
import io.ringfence.cli.stack.Ports;
import io.ringfence.cli.stack.Stack;
import io.ringfence.cli.stack.StackOption;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `ringfence up`.
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Start a stack on this machine and keep it running.")
public final class UpCommand implements Callable<Integer> {
    @Mixin private StackOption stackOption = new StackOption();

    @Option(
            names = "--port-base",
            defaultValue = "8000",
            description = "First port of the stack's range (default: ${DEFAULT-VALUE}).")
    private int portBase = Ports.DEFAULT_BASE;

    @Option(
            names = "--detach",
            description = "Return as soon as the stack is ready; it runs on in the background.")
    private boolean detach;

    @Option(
            names = "--demo",
            description =
                    "Add hosts with real enforcers and real traffic, as network namespaces (needs root).")
    private boolean demo;

    @Option(
            names = "--advertise",
            defaultValue = "127.0.0.1",
            description =
                    "Address enforcers reach this machine at (default: ${DEFAULT-VALUE}; with --demo its bridge).")
    private String advertise = "127.0.0.1";

    @Option(
            names = "--heap",
            paramLabel = "PROCESS=SIZE",
            description =
                    "Memory for a process's objects, such as gateway=1500m for 10,000 enforcers (repeatable).")
    private Map<String, String> heap = new LinkedHashMap<>();

    @Option(
            names = "--record",
            hidden = true,
            description = "Leave start-up caches behind when the stack stops.")
    private boolean record;

    @Option(
            names = "--supervise",
            hidden = true,
            description = "Be the background half of --detach.")
    private boolean supervise;

    @Override
    public Integer call() throws IOException, InterruptedException {
        DataFolder folder = stackOption.folder();
        Ports ports = new Ports(portBase);
        Heaps heaps = Heaps.of(heap);
        if (supervise) {
            new Supervisor(
                            folder,
                            ports,
                            demo,
                            record,
                            advertise,
                            heaps,
                            line -> System.out.println(line))
                    .run();
            return 0;
        }
        folder.prepare();
        Preflight.notRunning(folder);
        if (demo) {
            Demo.requirePrivileges();
        }
        SystemPackages.require(demo);
        Preflight.portsFree(ports);
        if (detach) {
            return detached(folder, heaps);
        }
        new Supervisor(
                        folder,
                        ports,
                        demo,
                        record,
                        advertise,
                        heaps,
                        line -> announce(folder, line))
                .run();
        return 0;
    }

    private int detached(DataFolder folder, Heaps heaps) throws IOException, InterruptedException {
        ProjectHome home = ProjectHome.find();
        List<String> command = new ArrayList<>();
        command.addAll(
                List.of(
                        "setsid",
                        home.java().toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx96m"));
        command.addAll(new AotCache(home, "cli", "cli").use());
        command.addAll(
                List.of(
                        "-Dringfence.home=" + home.path(),
                        "-cp",
                        home.classPath("cli"),
                        "io.ringfence.cli.Ringfence"));
        command.addAll(
                List.of(
                        "up",
                        "--supervise",
                        "--data-dir",
                        folder.path().toString(),
                        "--port-base",
                        Integer.toString(portBase)));
        command.addAll(List.of("--advertise", advertise));
        command.addAll(heaps.arguments());
        if (demo) {
            command.add("--demo");
        }
        if (record) {
            command.add("--record");
        }
        Process supervisor =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(folder.log("supervisor").toFile()))
                        .start();
        return follow(folder, supervisor);
    }

    private static int follow(DataFolder folder, Process supervisor) throws InterruptedException {
        String last = "";
        while (true) {
            Stack stack =
                    Stack.read(folder)
                            .filter(read -> read.supervisorPid() == supervisor.pid())
                            .orElse(null);
            if (stack != null && !stack.progress().equals(last)) {
                last = stack.progress();
                announce(folder, last);
            }
            if (stack != null && stack.phase() == Stack.Phase.READY) {
                return 0;
            }
            if (supervisor.waitFor(100, TimeUnit.MILLISECONDS)) {
                String reason =
                        Stack.read(folder)
                                .filter(read -> read.supervisorPid() == supervisor.pid())
                                .map(Stack::progress)
                                .orElse("");
                throw new UserError(
                        "The stack did not start. "
                                + reason
                                + " The log is "
                                + folder.log("supervisor")
                                + ".");
            }
        }
    }

    private static void announce(DataFolder folder, String line) {
        System.err.println("  " + line);
        if (line.startsWith("ready after")) {
            Stack.read(folder).ifPresent(UpCommand::printAddresses);
        }
    }

    private static void printAddresses(Stack stack) {
        System.out.println("Console:       " + stack.consoleUrl());
        System.out.println("API:           " + stack.apiUrl() + "  (TLS: " + stack.tlsUrl() + ")");
        System.out.println("Administrator: " + stack.adminCredential());
        if (stack.demo() != null) {
            System.out.println(
                    "Demo:          namespace "
                            + stack.demo().namespace()
                            + ", hosts on "
                            + stack.demo().bridge()
                            + "; see 'ringfence demo hosts'");
        }
    }
}
