package io.ringfence.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.embedded.init.Installation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;

/// An enforcer at its stream that says nothing, no pong either, and takes nothing from its socket
/// before it is told to. No client library leaves a ping without an answer.
final class SilentClient implements AutoCloseable {
    private static final int PATIENCE_MILLISECONDS = 25_000;
    private static final String UPGRADE =
            """
            GET /enforcerstream HTTP/1.1
            Host: 127.0.0.1
            Connection: Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

            """
                    .replace("\n", "\r\n");

    private final Socket socket;

    private SilentClient(Socket socket) {
        this.socket = socket;
    }

    static SilentClient connect(Installation installation, SSLContext tls) throws IOException {
        Socket socket =
                tls.getSocketFactory().createSocket("127.0.0.1", installation.ports().apiTls());
        socket.setSoTimeout(PATIENCE_MILLISECONDS);
        socket.getOutputStream().write(UPGRADE.getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            answer.append((char) socket.getInputStream().read());
        }
        assertThat(answer).startsWith("HTTP/1.1 101 ");
        return new SilentClient(socket);
    }

    /// All that is there until the connection ends, however it does.
    String readToEnd() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            InputStream in = socket.getInputStream();
            in.transferTo(all);
        } catch (SocketTimeoutException open) {
            throw new AssertionError("the connection does not end", open);
        } catch (IOException ended) {
            // Without a farewell of TLS, as nothing more went into the socket.
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
