package io.ringfence.enforcer.report;

import io.ringfence.enforcer.console.EnforcerIdentity;
import io.ringfence.enforcer.retry.Complaints;
import io.ringfence.enforcer.spool.Draft;
import io.ringfence.enforcer.spool.Spool;
import io.ringfence.enforcer.window.FlowFolder;
import io.ringfence.enforcer.window.FlowWindow;
import io.ringfence.enforcer.window.Moment;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves closed windows into the spool. When the disk does not take them they wait, and the folder
/// counts what it must discard meanwhile. For one thread.
public final class FlowSpooler {
    private static final Logger LOG = LoggerFactory.getLogger(FlowSpooler.class);

    private final FlowFolder folder;
    private final Spool spool;
    private final FlowBatchWriter writer;
    private final FlowLosses losses;
    private final Complaints complaints = new Complaints(LOG);
    private final Deque<Step> waiting = new ArrayDeque<>();

    /// A step towards the disk, repeated until it succeeds.
    @FunctionalInterface
    private interface Step {
        void take() throws IOException;
    }

    public FlowSpooler(
            FlowFolder folder,
            Spool spool,
            Supplier<EnforcerIdentity> identity,
            FlowLosses losses) {
        this.folder = folder;
        this.spool = spool;
        this.writer = new FlowBatchWriter(identity);
        this.losses = losses;
    }

    /// Spools what is due. Call it a few times per window.
    public void spoolClosed(Moment now) {
        if (waiting.isEmpty()) {
            plan(folder.takeClosed(now));
        }
        work();
    }

    /// Spools everything, the open window too; for the end of the process.
    public void spoolAll(Moment now) {
        plan(folder.takeAll(now));
        work();
    }

    private void plan(List<FlowWindow> windows) {
        for (FlowWindow window : windows) {
            if (window.afterClockStep()) {
                waiting.add(spool::startEpoch);
            }
            for (Draft draft : writer.drafts(window, losses.take())) {
                waiting.add(() -> spool.append(draft));
            }
        }
        if (!windows.isEmpty()) {
            waiting.add(losses::spooled);
        }
    }

    private void work() {
        try {
            while (!waiting.isEmpty()) {
                waiting.getFirst().take();
                waiting.removeFirst();
            }
        } catch (IOException e) {
            complaints.warn("the spool's disk takes nothing: " + e.getMessage());
        }
    }
}
