package io.ringfence.enforcer.observe;

import io.ringfence.enforcer.dataplane.Generations;
import io.ringfence.enforcer.dataplane.NftablesDataplane;
import io.ringfence.enforcer.netlink.LoggedPacket;
import io.ringfence.enforcer.netlink.PacketLog;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Receives what the kernel logs in the network namespace of the thread that opens it, and tells a
/// listener where flows begin.
public final class FlowObserver implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FlowObserver.class);

    private final PacketLog packets;
    private final FlowStarts starts;
    private final Clock clock;
    private final Thread reader;
    private volatile boolean closed;
    private volatile Observations observations = Observations.NONE;

    private FlowObserver(PacketLog packets, FlowStarts starts, Clock clock) {
        this.packets = packets;
        this.starts = starts;
        this.clock = clock;
        reader = Thread.ofPlatform().name("flow-observer").daemon().unstarted(this::read);
    }

    /// Opens the log socket in the calling thread's network namespace and starts a thread that
    /// reads it. Packets logged from here on are received. Fails when another enforcer listens in
    /// this network namespace.
    public static FlowObserver open(Generations generations, FlowListener listener)
            throws IOException {
        return open(generations, listener, Clock.systemUTC());
    }

    static FlowObserver open(Generations generations, FlowListener listener, Clock clock)
            throws IOException {
        PacketLog packets = PacketLog.open(NftablesDataplane.LOG_GROUP);
        long seed = new SecureRandom().nextLong();
        FlowStarts starts = new FlowStarts(generations, listener, seed, monotonicMillis());
        FlowObserver observer = new FlowObserver(packets, starts, clock);
        observer.reader.start();
        return observer;
    }

    private void read() {
        try {
            while (!closed) {
                packets.read(this::see);
                publish();
            }
            packets.finish(this::see);
        } catch (IOException failed) {
            LOG.error(
                    "the kernel's packet log cannot be read; flows are not observed any more",
                    failed);
        }
        publish();
    }

    private void see(LoggedPacket packet) {
        starts.see(packet, clock.millis(), monotonicMillis());
    }

    private void publish() {
        observations =
                new Observations(
                        starts.received(),
                        starts.flows(),
                        packets.overruns(),
                        packets.missing(),
                        starts.unresolved(),
                        starts.forgotten());
    }

    private static long monotonicMillis() {
        return System.nanoTime() / 1_000_000;
    }

    /// As of the last batch received.
    public Observations observations() {
        return observations;
    }

    /// Stops within a fraction of a second. What the kernel logged before is received; what it logs
    /// from here on is lost, and counted there.
    @Override
    public void close() {
        closed = true;
        try {
            reader.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return;
        }
        packets.close();
    }
}
