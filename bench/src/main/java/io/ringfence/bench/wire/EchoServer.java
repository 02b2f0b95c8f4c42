package io.ringfence.bench.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/// Sends back what comes, datagrams and streams at the same port: `EchoServer <port>`. What cannot
/// be sent back is lost: the answer to a packet of before a change is judged by the policy after
/// it.
public final class EchoServer {
    private static final int LONGEST = 1500;

    private EchoServer() {}

    public static void main(String[] arguments) throws IOException {
        InetSocketAddress address = new InetSocketAddress(Integer.parseInt(arguments[0]));
        DatagramChannel datagrams = DatagramChannel.open().bind(address);
        Thread.ofPlatform().name("datagrams").start(() -> echo(datagrams));
        try (ServerSocket server = new ServerSocket()) {
            server.bind(address);
            while (true) {
                Socket client = server.accept();
                Thread.ofPlatform().name("stream").start(() -> echo(client));
            }
        }
    }

    private static void echo(DatagramChannel datagrams) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(LONGEST);
        while (datagrams.isOpen()) {
            try {
                buffer.clear();
                var from = datagrams.receive(buffer);
                datagrams.send(buffer.flip(), from);
            } catch (IOException refused) {
                continue;
            }
        }
    }

    private static void echo(Socket client) {
        try (client) {
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            InputStream in = client.getInputStream();
            byte[] buffer = new byte[LONGEST];
            for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
                client.getOutputStream().write(buffer, 0, length);
            }
        } catch (IOException cut) {
            // As it is meant to be.
        }
    }
}
