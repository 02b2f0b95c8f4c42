package io.ringfence.enforcer.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// What one UDP or TCP packet carries between a client and a resolver. IPv6 extension headers are
/// not looked behind.
///
/// @param sequence TCP only, of the first byte of `content`
/// @param begins TCP only: a SYN
/// @param ends TCP only: a FIN or RST
record Segment(
        int protocol,
        InetAddress source,
        int sourcePort,
        InetAddress destination,
        int destinationPort,
        int sequence,
        boolean begins,
        boolean ends,
        byte[] content) {
    static final int TCP = 6;
    static final int UDP = 17;

    private static final int UDP_HEADER = 8;
    private static final int FIN_OR_RST = 1 | 4;
    private static final int SYN = 2;

    /// Empty if it is none, or not all of it is there.
    static Optional<Segment> read(byte[] packet) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(packet);
            return switch (Byte.toUnsignedInt(bytes.get(0)) >> 4) {
                case 4 ->
                        read(
                                bytes,
                                bytes.get(9),
                                12,
                                4,
                                (bytes.get(0) & 15) * 4,
                                Short.toUnsignedInt(bytes.getShort(2)));
                case 6 ->
                        read(
                                bytes,
                                bytes.get(6),
                                8,
                                16,
                                40,
                                40 + Short.toUnsignedInt(bytes.getShort(4)));
                default -> Optional.empty();
            };
        } catch (IndexOutOfBoundsException cutShort) {
            return Optional.empty();
        }
    }

    private static Optional<Segment> read(
            ByteBuffer packet,
            int protocol,
            int addressesAt,
            int addressBytes,
            int at,
            int length) {
        if (length > packet.limit() || protocol != TCP && protocol != UDP) {
            return Optional.empty();
        }
        boolean isTcp = protocol == TCP;
        int flags = isTcp ? packet.get(at + 13) : 0;
        int header = isTcp ? (packet.get(at + 12) >> 4 & 15) * 4 : UDP_HEADER;
        if (length < at + header) {
            return Optional.empty();
        }
        byte[] content = new byte[length - at - header];
        packet.get(at + header, content);
        return Optional.of(
                new Segment(
                        protocol,
                        address(packet, addressesAt, addressBytes),
                        Short.toUnsignedInt(packet.getShort(at)),
                        address(packet, addressesAt + addressBytes, addressBytes),
                        Short.toUnsignedInt(packet.getShort(at + 2)),
                        isTcp ? packet.getInt(at + 4) : 0,
                        (flags & SYN) != 0,
                        (flags & FIN_OR_RST) != 0,
                        content));
    }

    private static InetAddress address(ByteBuffer packet, int at, int length) {
        byte[] bytes = new byte[length];
        packet.get(at, bytes);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException(wrongLength);
        }
    }

    Conversation asQuery() {
        return new Conversation(protocol, source, sourcePort, destination, destinationPort);
    }

    Conversation asAnswer() {
        return new Conversation(protocol, destination, destinationPort, source, sourcePort);
    }

    /// One client's socket and one resolver's.
    record Conversation(
            int protocol, InetAddress client, int clientPort, InetAddress server, int serverPort) {}
}
