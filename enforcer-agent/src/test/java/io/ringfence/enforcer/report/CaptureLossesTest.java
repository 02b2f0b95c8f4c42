package io.ringfence.enforcer.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.contracts.flow.FlowLoss;
import io.ringfence.enforcer.dataplane.Counters;
import io.ringfence.enforcer.observe.Observations;
import io.ringfence.enforcer.state.StateFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureLossesTest {
    @TempDir private Path folder;
    private Optional<Counters> kernel = Optional.empty();
    private Observations observed = seen(0, 0);

    @Test
    void whatIsStillUnderWayIsNotLost() throws Exception {
        kernel = logged("t1", 100);
        CaptureLosses losses = losses();
        kernel = logged("t1", 110);
        observed = seen(8, 0);
        assertThat(losses.take()).isEmpty();
        observed = seen(10, 0);
        assertThat(losses.take()).isEmpty();
    }

    @Test
    void reportsEveryLossOnce() throws Exception {
        kernel = logged("t1", 100);
        CaptureLosses losses = losses();
        kernel = logged("t1", 110);
        losses.take();
        observed = seen(7, 0);
        assertThat(losses.take()).containsExactly(loss("capture", 3));
        assertThat(losses.take()).isEmpty();
        observed = seen(7, 5);
        assertThat(losses.take()).containsExactly(loss("capture", 2));
    }

    @Test
    void aTableMadeLaterIsComparedFromItsBeginning() throws Exception {
        CaptureLosses losses = losses();
        kernel = logged("t1", 10);
        losses.take();
        observed = seen(4, 0);
        assertThat(losses.take()).containsExactly(loss("capture", 6));
    }

    @Test
    void reportsWhatWasLoggedWhileNobodyListened() throws Exception {
        kernel = logged("t1", 100);
        CaptureLosses first = losses();
        kernel = logged("t1", 120);
        observed = seen(20, 0);
        spool(first);
        spool(first);

        kernel = logged("t1", 150);
        observed = seen(0, 0);
        CaptureLosses second = losses();
        assertThat(second.take()).containsExactly(loss("restart", 30));
        assertThat(second.take()).isEmpty();
        spool(second);

        observed = seen(0, 0);
        assertThat(losses().take()).isEmpty();
    }

    @Test
    void aNewTableHasLoggedAllOfItsPacketsSince() throws Exception {
        kernel = logged("t1", 100);
        spool(losses());
        kernel = logged("t2", 12);
        assertThat(losses().take()).containsExactly(loss("restart", 12));
    }

    private static void spool(CaptureLosses losses) {
        List<FlowLoss> taken = losses.take();
        assertThat(taken).isEmpty();
        losses.spooled();
    }

    private CaptureLosses losses() throws Exception {
        return new CaptureLosses(kernel, () -> kernel, () -> observed, StateFolder.open(folder));
    }

    private static Optional<Counters> logged(String tableId, long packets) {
        return Optional.of(
                new Counters(tableId, new Counters.Logged(packets, 0, 0, 0), 0, 0, 0, 0, 0));
    }

    private static Observations seen(long received, long missing) {
        return new Observations(received, received, 0, missing, 0, 0);
    }

    private static FlowLoss loss(String reason, long count) {
        return FlowBatchWriter.loss(reason, count);
    }
}
