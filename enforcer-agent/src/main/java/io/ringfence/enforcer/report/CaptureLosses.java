package io.ringfence.enforcer.report;

import io.ringfence.contracts.flow.FlowLoss;
import io.ringfence.enforcer.dataplane.Counters;
import io.ringfence.enforcer.observe.Observations;
import io.ringfence.enforcer.retry.Complaints;
import io.ringfence.enforcer.state.StateFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds the flows that the kernel counted and nobody received: `capture` while the enforcer runs,
/// `restart` while it did not, or while the window it died with was open. The kernel counts
/// packets, retransmissions included, so these are upper bounds.
public final class CaptureLosses implements FlowLosses {
    private static final Logger LOG = LoggerFactory.getLogger(CaptureLosses.class);
    private static final String FILE = "capture";
    private static final Counters NO_TABLE =
            new Counters("", new Counters.Logged(0, 0, 0, 0), 0, 0, 0, 0, 0);

    private final Supplier<Optional<Counters>> kernel;
    private final Supplier<Observations> observer;
    private final StateFolder folder;
    private final Complaints complaints = new Complaints(LOG);
    private final Counters start;
    private final CaptureLoss loss;
    private Counters kernelBefore;
    private Observations before;
    private long reported;
    private long missedByRestart;

    /// @param start read just before the observer was opened; empty when there was no table
    public CaptureLosses(
            Optional<Counters> start,
            Supplier<Optional<Counters>> kernel,
            Supplier<Observations> observer,
            StateFolder folder)
            throws IOException {
        this.kernel = kernel;
        this.observer = observer;
        this.folder = folder;
        this.start = start.orElse(NO_TABLE);
        this.loss = new CaptureLoss(this.start);
        this.kernelBefore = this.start;
        this.before = observer.get();
        if (start.isPresent()) {
            missedByRestart =
                    folder.readText(FILE)
                            .flatMap(CaptureEntry::parse)
                            .map(entry -> entry.missedUntil(start.get()))
                            .orElse(0L);
        }
    }

    /// Compares with what the kernel had counted at the call before, a window ago, which has had
    /// time to arrive.
    @Override
    public List<FlowLoss> take() {
        List<FlowLoss> losses = new ArrayList<>();
        if (missedByRestart > 0) {
            losses.add(FlowBatchWriter.loss("restart", missedByRestart));
            missedByRestart = 0;
        }
        long lost = loss.upTo(kernelBefore, observer.get());
        kernelBefore = kernel.get().orElse(kernelBefore);
        if (lost > reported) {
            losses.add(FlowBatchWriter.loss("capture", lost - reported));
            reported = lost;
        }
        return losses;
    }

    @Override
    public void spooled() {
        boolean isFirstTable = start.tableId().equals(kernelBefore.tableId());
        long neverArrived = Math.max(0, reported - before.unresolved());
        long dealtWith =
                (isFirstTable ? start.logged().total() : 0) + before.received() + neverArrived;
        before = observer.get();
        if (kernelBefore.tableId().isEmpty()) {
            return;
        }
        try {
            folder.writeText(FILE, new CaptureEntry(kernelBefore.tableId(), dealtWith).text());
        } catch (IOException e) {
            complaints.warn("cannot keep the capture's state: " + e.getMessage());
        }
    }
}
