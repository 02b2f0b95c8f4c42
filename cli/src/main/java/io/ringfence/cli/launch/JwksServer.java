package io.ringfence.cli.launch;

import com.sun.net.httpserver.HttpServer;
import io.ringfence.cli.stack.DataFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;

/// Serves the token keys' public halves on loopback before any service runs: Kafka's broker asks
/// for them when it starts, and ends when nobody answers (DESIGN §9).
final class JwksServer {
    static final String PATH = "/.well-known/jwks.json";

    private JwksServer() {}

    static HttpServer start(int port, DataFolder folder) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext(
                PATH,
                exchange -> {
                    byte[] keys = Files.readAllBytes(folder.path().resolve("keys/jwks.json"));
                    exchange.getResponseHeaders().add("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, keys.length);
                    exchange.getResponseBody().write(keys);
                    exchange.close();
                });
        server.start();
        return server;
    }
}
