package io.ringfence.enforcer.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.Future;

/// TCP as an application does it.
public final class Tcp {
    private static final int CONNECT_MILLIS = 5_000;

    private Tcp() {}

    /// Both ends of an open connection.
    public record Pair(Socket client, Socket server) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            client.close();
            server.close();
        }
    }

    public static ServerSocket listen(Host host, String address, int port) throws Exception {
        return host.call(() -> new ServerSocket(port, 1024, InetAddress.ofLiteral(address)));
    }

    public static Socket connect(Host host, String from, String to, int port) throws Exception {
        return host.call(() -> connectHere(from, 0, to, port));
    }

    /// Whether a connection can be opened. It is ended without a trace.
    public static boolean connects(Host host, String from, String to, int port) throws Exception {
        try {
            reset(connect(host, from, to, port));
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /// In the network namespace of the calling thread.
    public static Socket connectHere(String from, int fromPort, String to, int port)
            throws IOException {
        Socket socket = new Socket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), fromPort));
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral(to), port), CONNECT_MILLIS);
            return socket;
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    public static Pair open(Host client, String from, Host server, String to, int port)
            throws Exception {
        try (ServerSocket listening = listen(server, to, port)) {
            Future<Socket> accepted = server.start(listening::accept);
            Socket connected = connect(client, from, to, port);
            return new Pair(connected, accepted.get());
        }
    }

    /// Accepts one connection after the other and holds each until its client ends it, until the
    /// socket is closed.
    public static void serve(Host host, ServerSocket listening) {
        host.startAction(() -> {
            while (!listening.isClosed()) {
                try (Socket accepted = listening.accept()) {
                    accepted.getInputStream().read();
                } catch (SocketException endedByReset) {
                    continue;
                }
            }
        });
    }

    /// Ends the connection without a trace, so that its ports are free again at once.
    public static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
