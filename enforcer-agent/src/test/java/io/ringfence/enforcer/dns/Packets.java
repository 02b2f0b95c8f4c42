package io.ringfence.enforcer.dns;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Packets between a client and a resolver, for tests that need no kernel.
final class Packets {
    static final String CLIENT = "10.99.0.1";
    static final String RESOLVER = "10.99.0.2";
    static final int CLIENT_PORT = 40_000;
    static final int SYN = 2;
    static final int ACK = 16;
    static final int FIN = 1;

    private Packets() {}

    static byte[] udp(String from, int fromPort, String to, int toPort, byte[] content) {
        ByteBuffer packet = ip(from, to, Segment.UDP, 8 + content.length);
        return packet.putShort((short) fromPort)
                .putShort((short) toPort)
                .putShort((short) (8 + content.length))
                .putShort((short) 0)
                .put(content)
                .array();
    }

    static byte[] tcp(
            String from,
            int fromPort,
            String to,
            int toPort,
            int sequence,
            int flags,
            byte[] content) {
        ByteBuffer packet = ip(from, to, Segment.TCP, 20 + content.length);
        return packet.putShort((short) fromPort)
                .putShort((short) toPort)
                .putInt(sequence)
                .putInt(0)
                .put((byte) 0x50)
                .put((byte) flags)
                .put(new byte[6])
                .put(content)
                .array();
    }

    static byte[] query(byte[] message) {
        return udp(CLIENT, CLIENT_PORT, RESOLVER, 53, message);
    }

    static byte[] answer(byte[] message) {
        return udp(RESOLVER, 53, CLIENT, CLIENT_PORT, message);
    }

    private static ByteBuffer ip(String from, String to, int protocol, int length) {
        byte[] source = InetAddress.ofLiteral(from).getAddress();
        byte[] destination = InetAddress.ofLiteral(to).getAddress();
        if (source.length == 4) {
            return ByteBuffer.allocate(20 + length)
                    .put((byte) 0x45)
                    .put((byte) 0)
                    .putShort((short) (20 + length))
                    .put(new byte[5])
                    .put((byte) protocol)
                    .putShort((short) 0)
                    .put(source)
                    .put(destination);
        }
        return ByteBuffer.allocate(40 + length)
                .putInt(6 << 28)
                .putShort((short) length)
                .put((byte) protocol)
                .put((byte) 64)
                .put(source)
                .put(destination);
    }

    static byte[] asks(int id, String name) {
        return question(id, name, false).toWire();
    }

    static Message question(int id, String name, boolean isAnswer) {
        Message message = new Message(id);
        if (isAnswer) {
            message.getHeader().setFlag(Flags.QR);
        }
        message.addRecord(Record.newRecord(name(name), Type.A, DClass.IN), Section.QUESTION);
        return message;
    }

    static byte[] says(int id, String name, Record... records) {
        return message(id, name, records).toWire();
    }

    static Message message(int id, String name, Record... records) {
        Message message = question(id, name, true);
        for (Record record : records) {
            message.addRecord(record, Section.ANSWER);
        }
        return message;
    }

    static Record address(String name, String address, int seconds) {
        return new ARecord(name(name), DClass.IN, seconds, InetAddress.ofLiteral(address));
    }

    static Record alias(String name, String target, int seconds) {
        return new CNAMERecord(name(name), DClass.IN, seconds, name(target));
    }

    static byte[] framed(byte[]... messages) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            bytes.write(message.length >> 8);
            bytes.write(message.length);
            bytes.writeBytes(message);
        }
        return bytes.toByteArray();
    }

    private static Name name(String name) {
        return Name.fromConstantString(name + ".");
    }
}
