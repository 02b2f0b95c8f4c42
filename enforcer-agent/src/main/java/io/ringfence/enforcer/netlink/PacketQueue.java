package io.ringfence.enforcer.netlink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// Receives packets that the kernel holds until it is told to let each go on
/// (linux/netfilter/nfnetlink_queue.h), in the network namespace of the thread that opens it. What
/// this process does not take passes: nobody waits for a queue that is full or closed. One thread
/// reads and releases.
public final class PacketQueue implements AutoCloseable {
    private static final int SUBSYSTEM = 3;
    private static final int PACKET = SUBSYSTEM << 8;
    private static final int VERDICT = 1;
    private static final int CONFIGURE = 2;
    private static final int COMMAND = 1;
    private static final int PARAMETERS = 2;
    private static final int LENGTH = 3;
    private static final int MASK = 4;
    private static final int FLAGS = 5;
    private static final byte COMMAND_BIND = 1;
    private static final byte COPY_PACKET = 2;
    private static final int PASS_WHEN_FULL = 1;
    private static final int WHOLE_SEGMENTS = 4;
    private static final int PACKET_HEADER = 1;
    private static final int VERDICT_HEADER = 2;
    private static final int PAYLOAD = 10;
    private static final int ACCEPT = 1;
    private static final int NETFILTER_HEADER = 4;

    private static final int PACKETS = 1024;
    private static final int QUEUE_BYTES = 4 * 1024 * 1024;
    private static final Duration WAKE_UP = Duration.ofMillis(200);

    private final NetlinkSocket socket;
    private final int number;

    /// A packet that waits.
    ///
    /// @param bytes from the IP header on
    public record Held(int id, byte[] bytes) {}

    private PacketQueue(NetlinkSocket socket, int number) {
        this.socket = socket;
        this.number = number;
    }

    /// Fails when another process has taken the queue of this number.
    public static PacketQueue open(int number) throws IOException {
        NetlinkSocket socket = NetlinkSocket.openShared(NetlinkSocket.NETLINK_NETFILTER);
        try {
            socket.receiveBuffer(QUEUE_BYTES);
            socket.receiveTimeout(Duration.ofSeconds(5));
            PacketQueue queue = new PacketQueue(socket, number);
            queue.configure(message ->
                    message.attribute(COMMAND, COMMAND_BIND, (byte) 0, (byte) 0, (byte) 0));
            queue.configure(message ->
                    message.attribute(
                                    PARAMETERS,
                                    (byte) 0,
                                    (byte) 0,
                                    (byte) 0xff,
                                    (byte) 0xff,
                                    COPY_PACKET)
                            .bigEndianInt(LENGTH, PACKETS)
                            .bigEndianInt(MASK, PASS_WHEN_FULL | WHOLE_SEGMENTS)
                            .bigEndianInt(FLAGS, PASS_WHEN_FULL | WHOLE_SEGMENTS));
            socket.receiveTimeout(WAKE_UP);
            return queue;
        } catch (IOException refused) {
            socket.close();
            throw refused;
        }
    }

    private void configure(Consumer<MessageWriter> attributes) throws IOException {
        MessageWriter message =
                MessageWriter.netfilter(SUBSYSTEM, CONFIGURE, MessageWriter.ACKNOWLEDGE, 0, number);
        attributes.accept(message);
        socket.request(message, (type, payload) -> {});
    }

    /// Waits a moment for packets and shows each to `visitor`, which has to release it.
    ///
    /// @return whether there was anything to read
    public boolean read(Consumer<Held> visitor) throws IOException {
        try {
            Optional<ByteBuffer> datagram = socket.receive();
            if (datagram.isPresent()) {
                Messages.visit(datagram.get(), 0, (type, payload) -> see(type, payload, visitor));
            }
            return datagram.isPresent();
        } catch (NetlinkException failed) {
            boolean isPassing =
                    failed.errno() == NetlinkException.ENOBUFS
                            || failed.errno() == NetlinkException.ENOENT;
            if (!isPassing) {
                throw failed;
            }
            return true;
        }
    }

    private static void see(int type, ByteBuffer payload, Consumer<Held> visitor) {
        if (type != PACKET) {
            return;
        }
        payload.position(payload.position() + NETFILTER_HEADER);
        var reading =
                new Object() {
                    int id;
                    byte[] bytes = new byte[0];
                };
        Messages.attributes(
                payload,
                (attribute, value) -> {
                    if (attribute == PACKET_HEADER) {
                        reading.id = Integer.reverseBytes(value.getInt(value.position()));
                    } else if (attribute == PAYLOAD) {
                        reading.bytes = Messages.bytes(value);
                    }
                });
        visitor.accept(new Held(reading.id, reading.bytes));
    }

    /// Lets a packet go on.
    public void release(Held held) throws IOException {
        byte[] verdict = ByteBuffer.allocate(8).putInt(ACCEPT).putInt(held.id()).array();
        socket.tell(
                MessageWriter.netfilter(SUBSYSTEM, VERDICT, 0, 0, number)
                        .attribute(VERDICT_HEADER, verdict));
    }

    /// What waits still passes.
    @Override
    public void close() {
        socket.close();
    }
}
