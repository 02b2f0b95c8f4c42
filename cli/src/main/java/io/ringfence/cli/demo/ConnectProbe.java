package io.ringfence.cli.demo;

import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/// Makes connections one after the other from where it runs, and prints what became of them: the
/// ground truth that reports are held against. Every TCP attempt puts exactly one SYN sequence on
/// the wire, every UDP attempt uses a port of its own.
public final class ConnectProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private int connected;
    private int refused;
    private int timedOut;
    private int other;

    private ConnectProbe() {}

    /// Arguments: address, port, count, `tcp` or `udp`.
    public static void main(String[] arguments) {
        InetSocketAddress target =
                new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
        int count = Integer.parseInt(arguments[2]);
        boolean udp = arguments[3].equals("udp");
        ConnectProbe probe = new ConnectProbe();
        Instant began = Instant.now();
        for (int attempt = 0; attempt < count; attempt++) {
            probe.count(target, udp);
        }
        System.out.println(
                "{\"attempted\":%d,\"connected\":%d,\"refused\":%d,\"timedOut\":%d,\"otherErrors\":%d,\"startedAt\":\"%s\",\"endedAt\":\"%s\"}"
                        .formatted(
                                count,
                                probe.connected,
                                probe.refused,
                                probe.timedOut,
                                probe.other,
                                began,
                                Instant.now()));
    }

    private void count(InetSocketAddress target, boolean udp) {
        try {
            if (udp) {
                ask(target);
            } else {
                connect(target);
            }
            connected++;
        } catch (ConnectException | PortUnreachableException | NoRouteToHostException answered) {
            refused++;
        } catch (SocketTimeoutException silent) {
            timedOut++;
        } catch (SocketException reset) {
            refused++;
        } catch (IOException unexpected) {
            other++;
        }
    }

    private static void connect(InetSocketAddress target) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(target, (int) PATIENCE.toMillis());
        }
    }

    private static void ask(InetSocketAddress target) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(target);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            byte[] text = "probe".getBytes(StandardCharsets.UTF_8);
            socket.send(new DatagramPacket(text, text.length));
            socket.receive(new DatagramPacket(new byte[64], 64));
        }
    }
}
