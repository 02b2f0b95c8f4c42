package io.ringfence.cli.process;

import io.ringfence.cli.stack.Processes;
import io.ringfence.cli.stack.Stack.ProcessEntry;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One process of the stack, started again when it ends by itself.
///
/// Nobody is told of a change while the lock is held: the listener asks every process for its
/// entry.
public final class ManagedProcess {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final ProcessPlan plan;
    private final Runnable changed;
    private @Nullable Process process;
    private long started;
    private int restarts;
    private boolean stopping;
    private volatile boolean ready;

    public ManagedProcess(ProcessPlan plan, Runnable changed) {
        this.plan = plan;
        this.changed = changed;
    }

    public ProcessPlan plan() {
        return plan;
    }

    public void start() throws IOException {
        launch();
        changed.run();
    }

    private synchronized void launch() throws IOException {
        if (stopping) {
            return;
        }
        ready = false;
        if (plan.readiness() instanceof Readiness.Marks(var marker)) {
            Files.deleteIfExists(marker);
        }
        Process launched =
                new ProcessBuilder(plan.command())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(plan.log().toFile()))
                        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                        .start();
        process = launched;
        started = Processes.started(launched.pid());
        launched.onExit().thenAccept(this::ended);
    }

    private void ended(Process ended) {
        boolean again = noteEnd(ended);
        changed.run();
        if (again) {
            Thread.ofVirtual().start(this::startAgain);
        }
    }

    private synchronized boolean noteEnd(Process ended) {
        ready = false;
        if (stopping || process != ended || !plan.restarted()) {
            return false;
        }
        restarts++;
        return true;
    }

    private void startAgain() {
        long pauseMillis =
                Math.min(
                        LONGEST_PAUSE.toMillis(),
                        FIRST_PAUSE.toMillis() << Math.min(restarts() - 1, 5));
        try {
            TimeUnit.MILLISECONDS.sleep(pauseMillis);
            start();
        } catch (IOException refused) {
            throw new IllegalStateException("Cannot start " + plan.name(), refused);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Asks it to end, waits as long as its plan allows, then insists.
    public void stop() {
        Process running;
        synchronized (this) {
            stopping = true;
            running = process;
        }
        if (running == null || !running.isAlive()) {
            return;
        }
        running.destroy();
        try {
            if (!running.waitFor(plan.stopsWithin().toMillis(), TimeUnit.MILLISECONDS)) {
                running.destroyForcibly();
                running.waitFor(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            running.destroyForcibly();
        }
    }

    /// Looks whether it has become ready, or ceased to be.
    public boolean checkReady() {
        boolean before = ready;
        ready = alive() && plan.readiness().reached();
        if (before != ready) {
            changed.run();
        }
        return ready;
    }

    private synchronized boolean alive() {
        return process != null && process.isAlive();
    }

    public synchronized int restarts() {
        return restarts;
    }

    public synchronized ProcessEntry entry() {
        String status =
                ready
                        ? "Operational"
                        : process != null && process.isAlive() ? "Starting" : "Offline";
        return new ProcessEntry(
                plan.name(), process == null ? 0 : process.pid(), started, plan.url(), status);
    }
}
