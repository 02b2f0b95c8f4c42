package io.ringfence.enforcer.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/// Builds one netlink request. Numbers inside netfilter attributes are big-endian, everything else
/// is the machine's.
final class MessageWriter {
    static final int REQUEST = 1;
    static final int ACKNOWLEDGE = 4;
    static final int DUMP = 0x300;

    private static final int NESTED = 0x8000;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(512).order(ByteOrder.nativeOrder());

    MessageWriter(int type, int flags) {
        buffer.putInt(0)
                .putShort((short) type)
                .putShort((short) (REQUEST | flags))
                .putInt(0)
                .putInt(0);
    }

    /// A message of netfilter's, with its header (linux/netfilter/nfnetlink.h).
    static MessageWriter netfilter(
            int subsystem, int message, int flags, int family, int resource) {
        MessageWriter writer = new MessageWriter(subsystem << 8 | message, flags);
        writer.buffer.put((byte) family).put((byte) 0);
        writer.buffer.put((byte) (resource >> 8)).put((byte) resource);
        return writer;
    }

    MessageWriter raw(byte... bytes) {
        buffer.put(bytes);
        return this;
    }

    MessageWriter rawInt(int value) {
        buffer.putInt(value);
        return this;
    }

    MessageWriter attribute(int type, byte... value) {
        buffer.putShort((short) (4 + value.length)).putShort((short) type).put(value);
        while (buffer.position() % 4 != 0) {
            buffer.put((byte) 0);
        }
        return this;
    }

    MessageWriter nested(int type, byte... value) {
        return attribute(type | NESTED, value);
    }

    /// Attributes one after the other, as the value of another.
    static byte[] attributes(Consumer<MessageWriter> attributes) {
        MessageWriter inner = new MessageWriter(0, 0);
        int begin = inner.buffer.position();
        attributes.accept(inner);
        byte[] bytes = new byte[inner.buffer.position() - begin];
        inner.buffer.get(begin, bytes);
        return bytes;
    }

    MessageWriter bigEndianInt(int type, int value) {
        return attribute(
                type,
                (byte) (value >> 24),
                (byte) (value >> 16),
                (byte) (value >> 8),
                (byte) value);
    }

    MessageWriter bigEndianShort(int type, int value) {
        return attribute(type, (byte) (value >> 8), (byte) value);
    }

    ByteBuffer finish(int sequence) {
        buffer.putInt(0, buffer.position()).putInt(8, sequence);
        return buffer.flip();
    }
}
