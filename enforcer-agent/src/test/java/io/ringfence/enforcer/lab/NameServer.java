package io.ringfence.enforcer.lab;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// A DNS server on port 53 of one address of a host, over UDP and TCP. It answers what it was told,
/// and nothing about other names.
public final class NameServer implements AutoCloseable {
    /// An answer over TCP comes in so many segments that a busy host still has room for all of
    /// them: beyond 1,024 the kernel lets answers pass unheard.
    private static final int PART_BYTES = 7;

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final Map<Name, List<Record>> answers = new ConcurrentHashMap<>();
    private volatile int forgedId;
    private volatile List<Record> forged = List.of();
    private volatile boolean overTcpOnly;

    public NameServer(Host host, String address) throws Exception {
        InetAddress own = InetAddress.ofLiteral(address);
        udp = host.call(() -> new DatagramSocket(new InetSocketAddress(own, 53)));
        tcp = host.call(() -> new ServerSocket(53, 10, own));
        host.startAction(this::serveUdp);
        host.startAction(this::serveTcp);
    }

    public void address(String name, String address, int seconds) {
        answers.put(name(name), List.of(record(name(name), address, seconds)));
    }

    public void addresses(String name, List<String> addresses, int seconds) {
        answers.put(
                name(name),
                addresses.stream().map(address -> record(name(name), address, seconds)).toList());
    }

    /// An alias and what it leads to.
    public void alias(String name, String target, String address, int seconds) {
        answers.put(
                name(name),
                List.of(
                        new CNAMERecord(name(name), DClass.IN, seconds, name(target)),
                        record(name(target), address, seconds)));
    }

    /// Before every answer, one with another id that says something else.
    public void forge(String name, String address, int seconds) {
        forgedId = 1;
        forged = List.of(record(name(name), address, seconds));
    }

    /// Over UDP, only the beginning is said.
    public void overTcpOnly() {
        overTcpOnly = true;
    }

    private static Record record(Name name, String text, int seconds) {
        InetAddress address = InetAddress.ofLiteral(text);
        return address.getAddress().length == 4
                ? new ARecord(name, DClass.IN, seconds, address)
                : new AAAARecord(name, DClass.IN, seconds, address);
    }

    static Name name(String text) {
        return Name.fromConstantString(text + ".");
    }

    private void serveUdp() throws IOException {
        try {
            while (true) {
                DatagramPacket query = new DatagramPacket(new byte[4096], 4096);
                udp.receive(query);
                Message asked = new Message(java.nio.ByteBuffer.wrap(query.getData()));
                if (!forged.isEmpty()) {
                    Message lie = answer(asked, forged);
                    lie.getHeader().setID(asked.getHeader().getID() + forgedId & 0xffff);
                    send(lie, query);
                }
                Message answer = answer(asked, known(asked));
                if (overTcpOnly) {
                    answer.removeAllRecords(Section.ANSWER);
                    answer.getHeader().setFlag(Flags.TC);
                }
                send(answer, query);
            }
        } catch (SocketException closed) {
            return;
        }
    }

    private void send(Message answer, DatagramPacket query) throws IOException {
        byte[] bytes = answer.toWire();
        udp.send(new DatagramPacket(bytes, bytes.length, query.getSocketAddress()));
    }

    private void serveTcp() throws IOException {
        while (!tcp.isClosed()) {
            try (Socket client = tcp.accept()) {
                client.setTcpNoDelay(true);
                DataInputStream in = new DataInputStream(client.getInputStream());
                DataOutputStream out = new DataOutputStream(client.getOutputStream());
                Message asked = new Message(in.readNBytes(in.readUnsignedShort()));
                byte[] answer = answer(asked, known(asked)).toWire();
                out.writeShort(answer.length);
                for (int at = 0; at < answer.length; at += PART_BYTES) {
                    out.write(answer, at, Math.min(PART_BYTES, answer.length - at));
                }
                in.read();
            } catch (SocketException closed) {
                continue;
            }
        }
    }

    private List<Record> known(Message asked) {
        return answers.getOrDefault(asked.getQuestion().getName(), List.of()).stream()
                .filter(record ->
                        record.getType() == Type.CNAME
                                || record.getType() == asked.getQuestion().getType())
                .toList();
    }

    private static Message answer(Message asked, List<Record> records) {
        Message answer = new Message(asked.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.addRecord(asked.getQuestion(), Section.QUESTION);
        records.forEach(record -> answer.addRecord(record, Section.ANSWER));
        return answer;
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }
}
