package io.ringfence.bench.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/// A datagram every millisecond from one address and port to an echo. All are one flow to the
/// kernel: what follows a change is judged because the policy changed.
public final class UdpProbes implements AutoCloseable {
    private final DatagramChannel channel;
    private final InetSocketAddress to;
    private final ProbeTimes times = new ProbeTimes();
    private volatile boolean isPaused = true;

    private UdpProbes(DatagramChannel channel, InetSocketAddress to) {
        this.channel = channel;
        this.to = to;
    }

    /// Paused at first.
    public static UdpProbes open(String from, InetSocketAddress to) throws IOException {
        UdpProbes probes =
                new UdpProbes(DatagramChannel.open().bind(new InetSocketAddress(from, 0)), to);
        ByteBuffer sending = ByteBuffer.allocateDirect(Long.BYTES);
        Pace.keep("probes", () -> probes.send(sending));
        Thread.ofPlatform().name("answers").daemon().start(probes::receive);
        return probes;
    }

    public void resume() {
        isPaused = false;
    }

    public void pause() {
        isPaused = true;
    }

    /// Those that are sent from now on.
    public long mark() {
        return times.next();
    }

    /// @param mark only a probe sent after it counts
    /// @return when the first of them came back, by [System#nanoTime]
    public long awaitPassing(long mark, Duration patience)
            throws InterruptedException, TimeoutException {
        return times.awaitAnswered(mark, patience);
    }

    /// @return when the first was sent that did not come back, nor any after it
    public long awaitRefused(Duration patience) throws InterruptedException, TimeoutException {
        return times.awaitRefused(patience);
    }

    /// Grows with each probe that comes back.
    public long passed() {
        return times.lastAnswered();
    }

    private boolean send(ByteBuffer buffer) {
        try {
            if (!isPaused) {
                buffer.clear().putLong(times.send(System.nanoTime())).flip();
                channel.send(buffer, to);
            }
        } catch (ClosedChannelException closed) {
            return false;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return channel.isOpen();
    }

    private void receive() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(Long.BYTES);
        try {
            while (true) {
                channel.receive(buffer.clear());
                times.answered(buffer.flip().getLong(), System.nanoTime());
            }
        } catch (ClosedChannelException closed) {
            // The end.
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
