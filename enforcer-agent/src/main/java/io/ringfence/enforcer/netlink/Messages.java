package io.ringfence.enforcer.netlink;

import java.nio.ByteBuffer;

/// Takes datagrams apart into messages, and messages into attributes (linux/netlink.h).
final class Messages {
    static final int ERROR = 2;
    static final int DONE = 3;
    static final int HEADER = 16;

    private static final int NESTED_OR_BIG_ENDIAN = 0xC000;

    private Messages() {}

    @FunctionalInterface
    interface AttributeVisitor {
        void visit(int type, ByteBuffer value);
    }

    /// @param expected the request's sequence number; other messages are skipped. 0 = every message
    /// @return whether this was the end of the answer
    static boolean visit(ByteBuffer datagram, int expected, MessageVisitor visitor)
            throws NetlinkException {
        int end = datagram.limit();
        int at = 0;
        while (at + HEADER <= end) {
            int length = datagram.getInt(at);
            int type = Short.toUnsignedInt(datagram.getShort(at + 4));
            int sequence = datagram.getInt(at + 8);
            if (length < HEADER || at + length > end) {
                return false;
            }
            if (expected == 0 || sequence == expected) {
                if (type == DONE) {
                    return true;
                }
                if (type == ERROR) {
                    int error = datagram.getInt(at + HEADER);
                    if (error != 0) {
                        throw new NetlinkException("netlink request", -error);
                    }
                    return true;
                }
                datagram.limit(at + length).position(at + HEADER);
                visitor.visit(type, datagram);
                datagram.limit(end);
            }
            at += aligned(length);
        }
        return false;
    }

    /// Visits the attributes between position and limit of `buffer`; both are as before afterwards.
    static void attributes(ByteBuffer buffer, AttributeVisitor visitor) {
        int start = buffer.position();
        int end = buffer.limit();
        int at = start;
        while (at + 4 <= end) {
            int length = Short.toUnsignedInt(buffer.getShort(at));
            int type = Short.toUnsignedInt(buffer.getShort(at + 2)) & ~NESTED_OR_BIG_ENDIAN;
            if (length < 4 || at + length > end) {
                break;
            }
            buffer.limit(at + length).position(at + 4);
            visitor.visit(type, buffer);
            buffer.limit(end);
            at += aligned(length);
        }
        buffer.limit(end).position(start);
    }

    static byte[] bytes(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.get(value.position(), bytes);
        return bytes;
    }

    static int aligned(int length) {
        return (length + 3) & ~3;
    }
}
