package io.ringfence.cli.launch;

import io.ringfence.cli.UserError;
import io.ringfence.cli.demo.Demo;
import io.ringfence.cli.process.ManagedProcess;
import io.ringfence.cli.process.ProcessPlan;
import io.ringfence.cli.process.ProjectHome;
import io.ringfence.cli.stack.DataFolder;
import io.ringfence.cli.stack.Ports;
import io.ringfence.cli.stack.Processes;
import io.ringfence.cli.stack.Stack;
import io.ringfence.cli.stack.Stack.Phase;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Brings a stack up, keeps its processes running, and takes it down again. Parent of every
/// process, only writer of `stack.json`.
public final class Supervisor {
    private static final Duration START_LIMIT = Duration.ofMinutes(4);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration WATCH_EVERY = Duration.ofSeconds(1);

    private final ProjectHome home = ProjectHome.find();
    private final DataFolder folder;
    private final Ports ports;
    private final boolean withDemo;
    private final boolean recording;
    private final String advertise;
    private final Heaps heaps;
    private final Consumer<String> progress;
    private final List<ManagedProcess> processes = new ArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    private @Nullable Demo demo;
    private Phase phase = Phase.STARTING;
    private String lastProgress = "";

    public Supervisor(
            DataFolder folder,
            Ports ports,
            boolean withDemo,
            boolean recording,
            String advertise,
            Heaps heaps,
            Consumer<String> progress) {
        this.folder = folder;
        this.ports = ports;
        this.withDemo = withDemo;
        this.recording = recording;
        this.advertise = advertise;
        this.heaps = heaps;
        this.progress = progress;
    }

    /// Runs until it is told to stop (SIGTERM, Ctrl-C). Returns once everything it started has
    /// ended.
    public void run() throws IOException, InterruptedException {
        FileLock lock = Preflight.lock(folder);
        Thread onSignal = new Thread(this::takeDown, "take-down");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            bringUp();
        } catch (UserError | IOException problem) {
            say(
                    Phase.FAILED,
                    problem.getMessage() == null ? problem.toString() : problem.getMessage());
            takeDown();
            throw problem;
        }
        watch();
        lock.release();
    }

    private void bringUp() throws IOException, InterruptedException {
        Instant began = Instant.now();
        Files.createDirectories(folder.path().resolve("run"));
        if (withDemo) {
            demo = Demo.plan(home, folder, ports, recording);
            demo.sweep();
            demo.raiseBridge();
        }
        StackPlan plan = new StackPlan(home, folder, ports, recording, heaps);
        say(Phase.STARTING, "preparing certificates and configuration");
        initialize(plan);
        JwksServer.start(ports.jwks(), folder);
        say(Phase.STARTING, "starting PostgreSQL, Kafka and VictoriaMetrics");
        startAll(plan.servers());
        say(Phase.STARTING, "starting the services");
        startAll(plan.services());
        if (demo != null) {
            say(Phase.STARTING, "raising the demo's hosts");
            List<ManagedProcess> hosts = new ArrayList<>();
            demo.raiseHosts(host -> hosts.add(launch(host)));
            await(hosts);
            say(Phase.STARTING, "waiting until the hosts know each other");
            awaitSettled(demo);
        }
        say(
                Phase.READY,
                "ready after "
                        + Duration.between(began, Instant.now()).toMillis() / 100 / 10.0
                        + " s");
    }

    private void initialize(StackPlan plan) throws IOException, InterruptedException {
        String address = demo == null ? advertise : demo.bridgeAddress();
        Process init =
                new ProcessBuilder(plan.init(address))
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(folder.log("init").toFile()))
                        .start();
        if (init.waitFor() != 0) {
            throw new UserError(
                    "Preparing the installation failed; see " + folder.log("init") + ".");
        }
    }

    private void startAll(List<ProcessPlan> plans) throws IOException, InterruptedException {
        List<ManagedProcess> started = new ArrayList<>();
        for (ProcessPlan plan : plans) {
            started.add(launch(plan));
        }
        await(started);
    }

    private ManagedProcess launch(ProcessPlan plan) throws IOException {
        ManagedProcess process = new ManagedProcess(plan, this::note);
        synchronized (processes) {
            processes.add(process);
        }
        process.start();
        return process;
    }

    private void await(List<ManagedProcess> starting) throws InterruptedException {
        Instant limit = Instant.now().plus(START_LIMIT);
        List<ManagedProcess> waiting = new ArrayList<>(starting);
        while (!waiting.isEmpty()) {
            waiting.removeIf(process -> {
                boolean ready = process.checkReady();
                if (ready) {
                    say(phase, process.plan().name() + " is ready");
                }
                return ready;
            });
            for (ManagedProcess process : waiting) {
                if (process.restarts() > 3 || Instant.now().isAfter(limit)) {
                    throw new UserError(
                            process.plan().name()
                                    + " does not start; see "
                                    + process.plan().log()
                                    + ".");
                }
            }
            if (stopped.await(
                    waiting.isEmpty() ? 0 : LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new UserError("Stopped while starting.");
            }
        }
    }

    private void awaitSettled(Demo raised) throws InterruptedException {
        Instant limit = Instant.now().plus(START_LIMIT);
        while (!raised.settled()) {
            if (Instant.now().isAfter(limit)) {
                throw new UserError(
                        "The demo's hosts do not become known to the console; see the logs of the enforcers in "
                                + folder.logs()
                                + ".");
            }
            pause();
        }
    }

    private void pause() throws InterruptedException {
        if (stopped.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new UserError("Stopped while starting.");
        }
    }

    private void watch() throws InterruptedException {
        while (!stopped.await(WATCH_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
            for (ManagedProcess process : snapshot()) {
                process.checkReady();
            }
        }
    }

    private void takeDown() {
        synchronized (stopped) {
            if (stopped.getCount() == 0) {
                return;
            }
            Phase last = phase == Phase.FAILED ? Phase.FAILED : Phase.STOPPED;
            if (last == Phase.STOPPED) {
                say(Phase.STOPPING, "stopping");
            }
            List<ManagedProcess> all = snapshot();
            stopTogether(
                    all.stream()
                            .filter(process ->
                                    process.plan().name().startsWith(Demo.PROCESS_PREFIX))
                            .toList());
            if (demo != null) {
                demo.sweep();
            }
            List<ManagedProcess> rest =
                    all.stream()
                            .filter(process ->
                                    !process.plan().name().startsWith(Demo.PROCESS_PREFIX))
                            .toList();
            int servers = Math.min(rest.size(), 3);
            stopTogether(rest.subList(servers, rest.size()));
            stopTogether(rest.subList(0, servers));
            say(last, last == Phase.STOPPED ? "stopped" : lastProgress);
            stopped.countDown();
        }
    }

    private static void stopTogether(List<ManagedProcess> some) {
        List<Thread> stopping =
                some.stream().map(process -> Thread.ofVirtual().start(process::stop)).toList();
        for (Thread thread : stopping) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private List<ManagedProcess> snapshot() {
        synchronized (processes) {
            return List.copyOf(processes);
        }
    }

    private void say(Phase now, String line) {
        phase = now;
        lastProgress = line;
        progress.accept(line);
        note();
    }

    private void note() {
        synchronized (this) {
            long self = ProcessHandle.current().pid();
            Stack stack =
                    new Stack(
                            phase,
                            lastProgress,
                            folder.path().toString(),
                            ports.base(),
                            "http://127.0.0.1:" + ports.apiLoopback(),
                            "http://127.0.0.1:" + ports.apiLoopback() + "/",
                            "https://127.0.0.1:" + ports.apiTls(),
                            folder.administratorCredential().toString(),
                            self,
                            Processes.started(self),
                            snapshot().stream().map(ManagedProcess::entry).toList(),
                            demo == null ? null : demo.entry());
            try {
                stack.write(folder);
            } catch (IOException unwritable) {
                System.err.println(
                        "ringfence: cannot write "
                                + folder.stackFile()
                                + ": "
                                + unwritable.getMessage());
            }
        }
    }
}
