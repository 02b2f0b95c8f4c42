package io.ringfence.enforcer.netlink;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/// The kernel's table of known connections (linux/netfilter/nfnetlink_conntrack.h), in the network
/// namespace of the thread that opens it. For one thread at a time.
public final class ConnectionTracking implements AutoCloseable {
    private static final int SUBSYSTEM = 1;
    private static final int NEW = 0;
    private static final int GET = 1;
    private static final int TUPLE_ORIGINAL = 1;
    private static final int TUPLE_REPLY = 2;
    private static final int TUPLE_IP = 1;
    private static final int TUPLE_PROTOCOL = 2;
    private static final int MARK = 8;
    private static final int MARK_MASK = 21;
    private static final int NETFILTER_HEADER = 4;
    private static final int TCP = 6;

    private final NetlinkSocket socket;

    private ConnectionTracking(NetlinkSocket socket) {
        this.socket = socket;
    }

    public static ConnectionTracking open() throws IOException {
        NetlinkSocket socket = NetlinkSocket.openShared(NetlinkSocket.NETLINK_NETFILTER);
        socket.receiveTimeout(Duration.ofSeconds(5));
        return new ConnectionTracking(socket);
    }

    /// A known TCP connection. Whoever sent its first packet is the source.
    ///
    /// @param original as the opener addressed it
    /// @param translated the same after address translation
    public record Tracked(Connection original, Connection translated, int mark) {}

    /// The connection to which packets from source to destination belong, whoever opened it. In the
    /// zone that everything is in unless somebody has said otherwise.
    public Optional<Tracked> find(Connection packets) throws IOException {
        byte[] tuple = Tuple.of(packets).bytes();
        MessageWriter question =
                MessageWriter.netfilter(
                                SUBSYSTEM, GET, MessageWriter.ACKNOWLEDGE, familyOf(tuple), 0)
                        .nested(TUPLE_ORIGINAL, tuple);
        List<Tracked> found = new ArrayList<>();
        try {
            ask(question, entry -> found.add(entry.tracked()));
        } catch (NetlinkException refused) {
            if (refused.errno() != NetlinkException.ENOENT) {
                throw refused;
            }
        }
        return found.stream().findFirst();
    }

    /// Shows every TCP connection to `visitor`. Takes the kernel milliseconds, however few there
    /// are.
    public void visitTcp(Consumer<Tracked> visitor) throws IOException {
        walk(entry -> {
            if (entry.reply.protocol == TCP) {
                visitor.accept(entry.tracked());
            }
        });
    }

    /// Takes the bits `mask` off the mark of every connection, of whatever protocol, whose masked
    /// mark is stale.
    public void clearMarks(int mask, IntPredicate stale) throws IOException {
        List<byte[]> toClear = new ArrayList<>();
        walk(entry -> {
            if (stale.test(entry.mark & mask)) {
                toClear.add(entry.original);
            }
        });
        clear(toClear, mask);
    }

    private void walk(Consumer<Entry> visitor) throws IOException {
        ask(MessageWriter.netfilter(SUBSYSTEM, GET, MessageWriter.DUMP, 0, 0), visitor);
    }

    private void ask(MessageWriter question, Consumer<Entry> visitor) throws IOException {
        socket.request(
                question,
                (type, payload) ->
                        visitor.accept(
                                Entry.read(
                                        payload.position(payload.position() + NETFILTER_HEADER))));
    }

    private void clear(List<byte[]> originalTuples, int mask) throws IOException {
        for (byte[] tuple : originalTuples) {
            MessageWriter update =
                    MessageWriter.netfilter(
                                    SUBSYSTEM, NEW, MessageWriter.ACKNOWLEDGE, familyOf(tuple), 0)
                            .nested(TUPLE_ORIGINAL, tuple)
                            .bigEndianInt(MARK, 0)
                            .bigEndianInt(MARK_MASK, mask);
            try {
                socket.request(update, (type, payload) -> {});
            } catch (NetlinkException refused) {
                if (refused.errno() != NetlinkException.ENOENT) {
                    throw refused;
                }
            }
        }
    }

    private static int familyOf(byte[] tuple) {
        Tuple read = Tuple.read(ByteBuffer.wrap(tuple).order(ByteOrder.nativeOrder()));
        return read.source.length == 4 ? 2 : 10;
    }

    @Override
    public void close() {
        socket.close();
    }

    private record Entry(byte[] original, Tuple reply, int mark) {
        Tracked tracked() {
            return new Tracked(
                    Tuple.read(ByteBuffer.wrap(original).order(ByteOrder.nativeOrder()))
                            .connection(),
                    reply.connection().reversed(),
                    mark);
        }

        static Entry read(ByteBuffer attributes) {
            var reading =
                    new Object() {
                        byte[] original = {};
                        Tuple reply = Tuple.NONE;
                        int mark;
                    };
            Messages.attributes(
                    attributes,
                    (type, value) -> {
                        switch (type) {
                            case TUPLE_ORIGINAL -> reading.original = Messages.bytes(value);
                            case TUPLE_REPLY -> reading.reply = Tuple.read(value);
                            case MARK -> reading.mark = bigEndianInt(value);
                            default -> {}
                        }
                    });
            return new Entry(reading.original, reading.reply, reading.mark);
        }
    }

    private record Tuple(
            int protocol, byte[] source, int sourcePort, byte[] destination, int destinationPort) {
        static final Tuple NONE = new Tuple(0, new byte[4], 0, new byte[4], 0);

        static Tuple read(ByteBuffer attributes) {
            var reading =
                    new Object() {
                        int protocol;
                        byte[] source = {};
                        byte[] destination = {};
                        int sourcePort;
                        int destinationPort;
                    };
            Messages.attributes(
                    attributes,
                    (group, inner) ->
                            Messages.attributes(
                                    inner,
                                    (type, value) -> {
                                        switch (group << 8 | type) {
                                            case 0x101, 0x103 ->
                                                    reading.source = Messages.bytes(value);
                                            case 0x102, 0x104 ->
                                                    reading.destination = Messages.bytes(value);
                                            case 0x201 ->
                                                    reading.protocol = value.get(value.position());
                                            case 0x202 ->
                                                    reading.sourcePort = bigEndianShort(value);
                                            case 0x203 ->
                                                    reading.destinationPort = bigEndianShort(value);
                                            default -> {}
                                        }
                                    }));
            return new Tuple(
                    reading.protocol,
                    reading.source,
                    reading.sourcePort,
                    reading.destination,
                    reading.destinationPort);
        }

        static Tuple of(Connection tcp) {
            return new Tuple(
                    TCP,
                    tcp.source().getAddress(),
                    tcp.sourcePort(),
                    tcp.destination().getAddress(),
                    tcp.destinationPort());
        }

        byte[] bytes() {
            boolean isIpv4 = source.length == 4;
            return MessageWriter.attributes(tuple ->
                    tuple.nested(
                                    TUPLE_IP,
                                    MessageWriter.attributes(ip ->
                                            ip.attribute(isIpv4 ? 1 : 3, source)
                                                    .attribute(isIpv4 ? 2 : 4, destination)))
                            .nested(
                                    TUPLE_PROTOCOL,
                                    MessageWriter.attributes(ports ->
                                            ports.attribute(1, (byte) protocol)
                                                    .bigEndianShort(2, sourcePort)
                                                    .bigEndianShort(3, destinationPort))));
        }

        Connection connection() {
            return new Connection(
                    address(source), sourcePort, address(destination), destinationPort);
        }
    }

    private static InetAddress address(byte[] bytes) {
        return Addresses.of(bytes);
    }

    private static int bigEndianInt(ByteBuffer value) {
        return Integer.reverseBytes(value.getInt(value.position()));
    }

    private static int bigEndianShort(ByteBuffer value) {
        return Short.toUnsignedInt(Short.reverseBytes(value.getShort(value.position())));
    }
}
