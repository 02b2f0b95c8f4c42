package io.ringfence.cli.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// How a process shows that it is ready.
public sealed interface Readiness {
    Duration PATIENCE = Duration.ofSeconds(2);

    boolean reached();

    /// It answers 200.
    record Answers(URI uri) implements Readiness {
        private static final HttpClient CLIENT =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build();

        @Override
        public boolean reached() {
            try {
                HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
                return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode()
                        == 200;
            } catch (IOException notYet) {
                return false;
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    /// It accepts connections on loopback.
    record Listens(int port) implements Readiness {
        @Override
        public boolean reached() {
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                        (int) PATIENCE.toMillis());
                return true;
            } catch (IOException notYet) {
                return false;
            }
        }
    }

    /// It wrote its marker file after it had started. The supervisor deletes the marker before each
    /// start.
    record Marks(Path marker) implements Readiness {
        @Override
        public boolean reached() {
            return Files.exists(marker);
        }
    }

    /// It is started, that is all.
    record Started() implements Readiness {
        @Override
        public boolean reached() {
            return true;
        }
    }

    /// Something only the owner of the process knows how to see.
    non-sealed interface Custom extends Readiness {}
}
