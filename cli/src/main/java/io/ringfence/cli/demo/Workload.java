package io.ringfence.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/// What runs on a demo host: small servers that answer, and clients that keep one connection open
/// and ask once a second. One connection for minutes of traffic, so the demo's own flows do not
/// blur what somebody counts.
public final class Workload {
    private static final Duration ASK_EVERY = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int DATAGRAM_BYTES = 1500;

    private Workload() {}

    public static void main(String[] arguments) throws InterruptedException {
        for (String argument : arguments) {
            String[] pair = argument.split("=", 2);
            List<Endpoint> endpoints =
                    Stream.of(pair[1].split(","))
                            .filter(text -> !text.isEmpty())
                            .map(Endpoint::parse)
                            .toList();
            for (Endpoint endpoint : endpoints) {
                switch (pair[0]) {
                    case "serve" ->
                            background(
                                    endpoint.udp() ? () -> echo(endpoint) : () -> serve(endpoint));
                    case "keep" ->
                            background(
                                    endpoint.udp()
                                            ? () -> report(endpoint)
                                            : () -> keepAsking(endpoint));
                    case "errand" -> background(() -> askOnce(endpoint));
                    default -> throw new IllegalArgumentException(argument);
                }
            }
        }
        new CountDownLatch(1).await();
    }

    /// `tcp/8080` or `tcp/frontend:8080`.
    private record Endpoint(boolean udp, String host, int port) {
        static Endpoint parse(String text) {
            String[] protocolAndRest = text.split("/", 2);
            String[] hostAndPort = protocolAndRest[1].split(":", 2);
            return hostAndPort.length == 1
                    ? new Endpoint(
                            protocolAndRest[0].equals("udp"),
                            "0.0.0.0",
                            Integer.parseInt(hostAndPort[0]))
                    : new Endpoint(
                            protocolAndRest[0].equals("udp"),
                            hostAndPort[0],
                            Integer.parseInt(hostAndPort[1]));
        }

        InetSocketAddress address() {
            return new InetSocketAddress(host, port);
        }
    }

    private interface Job {
        void run() throws IOException, InterruptedException;
    }

    /// Does the job for ever, with a pause after each end.
    private static void background(Job job) {
        Thread.ofVirtual()
                .start(() -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        try {
                            job.run();
                        } catch (IOException problem) {
                            System.out.println(problem.getMessage());
                        } catch (InterruptedException stopping) {
                            return;
                        }
                        pause(PATIENCE);
                    }
                });
    }

    private static void serve(Endpoint endpoint) throws IOException {
        try (ServerSocket server = new ServerSocket()) {
            server.setReuseAddress(true);
            server.bind(endpoint.address(), 4096);
            while (true) {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> answer(client));
            }
        }
    }

    private static void answer(Socket client) {
        try (client;
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        client.getInputStream(), StandardCharsets.UTF_8))) {
            while (lines.readLine() != null) {
                client.getOutputStream().write("ok\n".getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException gone) {
            System.out.println("a client left: " + gone.getMessage());
        }
    }

    private static void echo(Endpoint endpoint) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(endpoint.address())) {
            byte[] buffer = new byte[DATAGRAM_BYTES];
            while (true) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                socket.send(packet);
            }
        }
    }

    private static void keepAsking(Endpoint endpoint) throws IOException, InterruptedException {
        try (Socket socket = new Socket()) {
            socket.connect(endpoint.address(), (int) PATIENCE.toMillis());
            socket.setSoTimeout((int) PATIENCE.toMillis());
            System.out.println("connected to " + endpoint.host() + ":" + endpoint.port());
            BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            while (true) {
                socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.UTF_8));
                if (lines.readLine() == null) {
                    throw new IOException("the other side closed the connection");
                }
                Thread.sleep(ASK_EVERY);
            }
        }
    }

    private static void askOnce(Endpoint endpoint) throws IOException, InterruptedException {
        try (Socket socket = new Socket()) {
            socket.connect(endpoint.address(), (int) PATIENCE.toMillis());
            socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.UTF_8));
            System.out.println("reached " + endpoint.host() + ":" + endpoint.port());
        }
        new CountDownLatch(1).await();
    }

    private static void report(Endpoint endpoint) throws IOException, InterruptedException {
        InetAddress address = InetAddress.getByName(endpoint.host());
        try (DatagramSocket socket = new DatagramSocket()) {
            while (true) {
                byte[] text = "requests:1|c".getBytes(StandardCharsets.UTF_8);
                socket.send(new DatagramPacket(text, text.length, address, endpoint.port()));
                Thread.sleep(ASK_EVERY);
            }
        }
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
