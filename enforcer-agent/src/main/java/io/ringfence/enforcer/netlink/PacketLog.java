package io.ringfence.enforcer.netlink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// Receives the packets that nftables logs to a group (linux/netfilter/nfnetlink_log.h), in
/// batches, in the network namespace of the thread that opens it. One thread reads.
public final class PacketLog implements AutoCloseable {
    private static final int SUBSYSTEM = 4;
    private static final int PACKET = SUBSYSTEM << 8;
    private static final int CONFIGURE = 1;
    private static final int COMMAND = 1;
    private static final int MODE = 2;
    private static final int BUFFER_BYTES = 3;
    private static final int TIMEOUT = 4;
    private static final int THRESHOLD = 5;
    private static final int FLAGS = 6;
    private static final byte COMMAND_BIND = 1;
    private static final byte COMMAND_UNBIND = 2;
    private static final byte COPY_PACKET = 2;
    private static final int NUMBERED = 1;
    private static final int NETFILTER_HEADER = 4;

    /// Bytes kept of a packet: both IP versions' headers with some options, and the beginning of
    /// the transport header.
    public static final int SNAPLEN = 128;

    /// Packets the kernel collects before it hands them over together.
    public static final int BATCH = 64;

    /// After this time it hands over what it has.
    public static final Duration BATCH_DELAY = Duration.ofMillis(100);

    private static final int BATCH_BYTES = 32 * 1024;
    private static final int QUEUE_BYTES = 16 * 1024 * 1024;
    private static final Duration WAKE_UP = Duration.ofMillis(200);

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final NetlinkSocket socket;
    private final int group;
    private final LoggedPacket packet = new LoggedPacket();
    private int nextSequence;
    private long overruns;
    private long missing;

    private PacketLog(NetlinkSocket socket, int group) {
        this.socket = socket;
        this.group = group;
    }

    public static PacketLog open(int group) throws IOException {
        return open(group, SNAPLEN, BATCH);
    }

    /// @param snaplen bytes kept of a packet
    /// @param batch packets the kernel collects before it hands them over together
    public static PacketLog open(int group, int snaplen, int batch) throws IOException {
        NetlinkSocket socket = NetlinkSocket.openShared(NetlinkSocket.NETLINK_NETFILTER);
        try {
            socket.receiveBuffer(QUEUE_BYTES);
            socket.receiveTimeout(Duration.ofSeconds(5));
            PacketLog log = new PacketLog(socket, group);
            log.configure(message -> message.attribute(COMMAND, COMMAND_BIND));
            log.configure(message ->
                    message.attribute(
                                    MODE,
                                    (byte) 0,
                                    (byte) 0,
                                    (byte) (snaplen >> 8),
                                    (byte) snaplen,
                                    COPY_PACKET,
                                    (byte) 0)
                            .bigEndianInt(BUFFER_BYTES, BATCH_BYTES)
                            .bigEndianInt(TIMEOUT, (int) BATCH_DELAY.toMillis() / 10)
                            .bigEndianInt(THRESHOLD, batch)
                            .bigEndianShort(FLAGS, NUMBERED));
            socket.receiveTimeout(WAKE_UP);
            return log;
        } catch (IOException refused) {
            socket.close();
            throw refused;
        }
    }

    private void configure(Consumer<MessageWriter> attributes) throws IOException {
        MessageWriter message =
                MessageWriter.netfilter(SUBSYSTEM, CONFIGURE, MessageWriter.ACKNOWLEDGE, 0, group);
        attributes.accept(message);
        socket.request(message, (type, payload) -> see(type, payload, ignored -> {}));
    }

    /// Ends the logging to this socket and shows `visitor` what was still on its way, the batch
    /// that the kernel has not filled included: it hands that over before it lets go of the group.
    public void finish(Consumer<LoggedPacket> visitor) throws IOException {
        socket.tell(
                MessageWriter.netfilter(SUBSYSTEM, CONFIGURE, 0, 0, group)
                        .attribute(COMMAND, COMMAND_UNBIND));
        socket.receiveTimeout(AT_ONCE);
        boolean isMore;
        do {
            isMore = read(visitor);
        } while (isMore);
    }

    /// Waits a moment for packets and shows each to `visitor`.
    ///
    /// @return whether there was anything to read
    public boolean read(Consumer<LoggedPacket> visitor) throws IOException {
        return read(visitor, true);
    }

    /// As [#read], without waiting.
    public boolean readAtOnce(Consumer<LoggedPacket> visitor) throws IOException {
        return read(visitor, false);
    }

    private boolean read(Consumer<LoggedPacket> visitor, boolean waits) throws IOException {
        try {
            Optional<ByteBuffer> datagram = waits ? socket.receive() : socket.receiveAtOnce();
            if (datagram.isPresent()) {
                Messages.visit(datagram.get(), 0, (type, payload) -> see(type, payload, visitor));
            }
            return datagram.isPresent();
        } catch (NetlinkException failed) {
            if (failed.errno() != NetlinkException.ENOBUFS) {
                throw failed;
            }
            overruns++;
            return true;
        }
    }

    private void see(int type, ByteBuffer payload, Consumer<LoggedPacket> visitor) {
        if (type != PACKET) {
            return;
        }
        packet.read(payload.position(payload.position() + NETFILTER_HEADER));
        missing += Integer.toUnsignedLong(packet.sequence() - nextSequence);
        nextSequence = packet.sequence() + 1;
        visitor.accept(packet);
    }

    /// Times the queue was full and the kernel had to drop.
    public long overruns() {
        return overruns;
    }

    /// Packets that gaps in the kernel's numbering prove lost, so far.
    public long missing() {
        return missing;
    }

    @Override
    public void close() {
        socket.close();
    }
}
