package io.ringfence.enforcer.netlink;

import java.nio.ByteBuffer;

/// One logged packet, as the kernel hands it over. A view that is valid, and may be read, during
/// the visit only.
public final class LoggedPacket {
    private static final int PAYLOAD = 9;
    private static final int PREFIX = 10;
    private static final int SEQUENCE = 12;

    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private int prefixAt;
    private int prefixLength;
    private int payloadAt;
    private int payloadLength;
    private int sequence;

    void read(ByteBuffer attributes) {
        buffer = attributes;
        prefixLength = 0;
        payloadLength = 0;
        int end = attributes.limit();
        int at = attributes.position();
        while (at + 4 <= end) {
            int length = Short.toUnsignedInt(attributes.getShort(at));
            if (length < 4 || at + length > end) {
                return;
            }
            switch (Short.toUnsignedInt(attributes.getShort(at + 2)) & 0x3fff) {
                case PAYLOAD -> {
                    payloadAt = at + 4;
                    payloadLength = length - 4;
                }
                case PREFIX -> {
                    prefixAt = at + 4;
                    prefixLength = length - 5;
                }
                case SEQUENCE -> sequence = Integer.reverseBytes(attributes.getInt(at + 4));
                default -> {}
            }
            at += Messages.aligned(length);
        }
    }

    int sequence() {
        return sequence;
    }

    public int prefixLength() {
        return prefixLength;
    }

    public byte prefix(int index) {
        return buffer.get(prefixAt + index);
    }

    /// Bytes of the packet that were kept, from the IP header on.
    public int payloadLength() {
        return payloadLength;
    }

    public int unsignedByte(int offset) {
        return Byte.toUnsignedInt(buffer.get(payloadAt + offset));
    }

    public int unsignedShort(int offset) {
        return unsignedByte(offset) << 8 | unsignedByte(offset + 1);
    }

    public int integer(int offset) {
        return unsignedShort(offset) << 16 | unsignedShort(offset + 2);
    }

    public byte[] bytes(int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.get(payloadAt + offset, bytes);
        return bytes;
    }
}
