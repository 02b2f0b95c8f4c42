package io.ringfence.enforcer.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Packets as the kernel logs them, for tests that need no kernel.
public final class Datagrams {
    private Datagrams() {}

    public static LoggedPacket logged(String prefix, int sequence, byte[] packet) {
        LoggedPacket logged = new LoggedPacket();
        logged.read(attributes(prefix, sequence, packet));
        return logged;
    }

    static ByteBuffer attributes(String prefix, int sequence, byte[] packet) {
        ByteBuffer buffer = ByteBuffer.allocate(512).order(ByteOrder.nativeOrder());
        attribute(buffer, 10, (prefix + "\0").getBytes(StandardCharsets.US_ASCII));
        attribute(buffer, 12, ByteBuffer.allocate(4).putInt(sequence).array());
        attribute(buffer, 9, packet);
        return buffer.flip();
    }

    static void attribute(ByteBuffer buffer, int type, byte[] value) {
        buffer.putShort((short) (4 + value.length)).putShort((short) type).put(value);
        while (buffer.position() % 4 != 0) {
            buffer.put((byte) 0);
        }
    }
}
