package io.ringfence.enforcer.netlink;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The kernel's table of known connections (linux/netfilter/nfnetlink_conntrack.h), in the network
/// namespace of the thread that opens it.
public final class ConnectionTracking implements AutoCloseable {
    private static final int SUBSYSTEM = 1;
    private static final int NEW = 0;
    private static final int GET = 1;
    private static final int TUPLE_ORIGINAL = 1;
    private static final int TUPLE_REPLY = 2;
    private static final int MARK = 8;
    private static final int MARK_MASK = 21;
    private static final int NETFILTER_HEADER = 4;
    private static final int TCP = 6;

    private final NetlinkSocket socket;

    private ConnectionTracking(NetlinkSocket socket) {
        this.socket = socket;
    }

    public static ConnectionTracking open() throws IOException {
        NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.NETLINK_NETFILTER);
        socket.receiveTimeout(Duration.ofSeconds(5));
        return new ConnectionTracking(socket);
    }

    /// A known TCP connection. Whoever sent its first packet is the source.
    ///
    /// @param original as the opener addressed it
    /// @param translated the same after address translation
    public record Tracked(Connection original, Connection translated, int mark) {}

    /// Shows every TCP connection to `visitor`, and in the same walk takes the bits `mask` off the
    /// mark of every connection, of whatever protocol, whose masked mark is `stale`.
    public void visitTcp(int mask, int stale, Consumer<Tracked> visitor) throws IOException {
        List<byte[]> toClear = new ArrayList<>();
        walk(
                new MessageWriterFactory(0, 0),
                entry -> {
                    if ((entry.mark & mask) == stale) {
                        toClear.add(entry.original);
                    }
                    if (entry.reply.protocol == TCP) {
                        visitor.accept(
                                new Tracked(
                                        entry.originalConnection(),
                                        entry.reply.connection().reversed(),
                                        entry.mark));
                    }
                });
        clear(toClear, mask);
    }

    /// Takes the bits `mask` off the mark of every connection whose masked mark is `stale`.
    public void clearMarks(int mask, int stale) throws IOException {
        List<byte[]> toClear = new ArrayList<>();
        walk(new MessageWriterFactory(mask, stale), entry -> toClear.add(entry.original));
        clear(toClear, mask);
    }

    private void walk(MessageWriterFactory request, Consumer<Entry> visitor) throws IOException {
        socket.request(
                request.make(),
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

    private record MessageWriterFactory(int mask, int mark) {
        MessageWriter make() {
            MessageWriter message =
                    MessageWriter.netfilter(SUBSYSTEM, GET, MessageWriter.DUMP, 0, 0);
            return mask == 0
                    ? message
                    : message.bigEndianInt(MARK, mark).bigEndianInt(MARK_MASK, mask);
        }
    }

    private record Entry(byte[] original, Tuple reply, int mark) {
        Connection originalConnection() {
            return Tuple.read(ByteBuffer.wrap(original).order(ByteOrder.nativeOrder()))
                    .connection();
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
