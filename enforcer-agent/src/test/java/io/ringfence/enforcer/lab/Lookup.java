package io.ringfence.enforcer.lab;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Asks a resolver as a stub does: over UDP, and over TCP when the answer was cut; answers with
/// another id are passed over.
public final class Lookup {
    private Lookup() {}

    /// In the network namespace of the calling thread. Addresses as text, in the answer's order.
    public static List<String> addresses(String name, String resolver) throws IOException {
        return addresses(name, resolver, Type.A);
    }

    public static List<String> addresses6(String name, String resolver) throws IOException {
        return addresses(name, resolver, Type.AAAA);
    }

    private static List<String> addresses(String name, String resolver, int type)
            throws IOException {
        Message query = Message.newQuery(Record.newRecord(NameServer.name(name), type, DClass.IN));
        InetSocketAddress server = new InetSocketAddress(InetAddress.ofLiteral(resolver), 53);
        Message answer = overUdp(query, server);
        if (answer.getHeader().getFlag(Flags.TC)) {
            answer = overTcp(query, server);
        }
        return answer.getSection(Section.ANSWER).stream()
                .flatMap(record -> text(record).stream())
                .toList();
    }

    private static List<String> text(Record record) {
        return switch (record) {
            case ARecord v4 -> List.of(v4.getAddress().getHostAddress());
            case AAAARecord v6 -> List.of(v6.getAddress().getHostAddress());
            default -> List.of();
        };
    }

    private static Message overUdp(Message query, InetSocketAddress server) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(5_000);
            socket.connect(server);
            byte[] bytes = query.toWire();
            socket.send(new DatagramPacket(bytes, bytes.length));
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
                socket.receive(packet);
                Message answer =
                        new Message(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
                if (answer.getHeader().getID() == query.getHeader().getID()) {
                    return answer;
                }
            }
        }
    }

    private static Message overTcp(Message query, InetSocketAddress server) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(server, 5_000);
            socket.setSoTimeout(5_000);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            byte[] bytes = query.toWire();
            out.writeShort(bytes.length);
            out.write(bytes);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            return new Message(in.readNBytes(in.readUnsignedShort()));
        }
    }
}
