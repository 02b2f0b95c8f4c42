package io.ringfence.gateway;

import com.google.protobuf.InvalidProtocolBufferException;
import io.ringfence.contracts.policy.FromEnforcer;
import io.ringfence.contracts.policy.SignedDirectory;
import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.contracts.policy.ToEnforcer;
import io.ringfence.embedded.init.Installation;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// An enforcer at its stream. One that does not read takes nothing from its socket, until the
/// network between it and the gateway holds no more.
final class StreamClient implements WebSocket.Listener {
    private static final int PATIENCE_SECONDS = 20;

    final BlockingQueue<SignedPolicy> policies = new LinkedBlockingQueue<>();
    final BlockingQueue<SignedDirectory> directories = new LinkedBlockingQueue<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    final AtomicLong receivedBytes = new AtomicLong();

    /// The size of the first one's content.
    final CompletableFuture<Integer> pong = new CompletableFuture<>();

    private final boolean readsAtOnce;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private @Nullable WebSocket socket;

    private StreamClient(boolean readsAtOnce) {
        this.readsAtOnce = readsAtOnce;
    }

    static StreamClient connect(Installation installation, SSLContext tls) {
        return connect(installation, tls, new StreamClient(true));
    }

    /// Reads nothing before it is told to.
    static StreamClient connectWithoutReading(Installation installation, SSLContext tls) {
        return connect(installation, tls, new StreamClient(false));
    }

    private static StreamClient connect(
            Installation installation, SSLContext tls, StreamClient client) {
        URI address =
                URI.create("wss://127.0.0.1:" + installation.ports().apiTls() + "/enforcerstream");
        client.socket =
                HttpClient.newBuilder()
                        .sslContext(tls)
                        .build()
                        .newWebSocketBuilder()
                        .buildAsync(address, client)
                        .join();
        return client;
    }

    WebSocket socket() {
        if (socket == null) {
            throw new AssertionError("not connected");
        }
        return socket;
    }

    void send(FromEnforcer frame) {
        socket().sendBinary(ByteBuffer.wrap(frame.toByteArray()), true).join();
    }

    void read() {
        socket().request(1);
    }

    SignedPolicy next() throws InterruptedException {
        SignedPolicy policy = policies.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (policy == null) {
            throw new AssertionError("no policy came");
        }
        return policy;
    }

    SignedDirectory nextDirectory() throws InterruptedException {
        SignedDirectory directory = directories.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (directory == null) {
            throw new AssertionError("no directory came");
        }
        return directory;
    }

    @Override
    public void onOpen(WebSocket open) {
        if (readsAtOnce) {
            open.request(1);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        receivedBytes.addAndGet(bytes.length);
        message.writeBytes(bytes);
        if (last) {
            try {
                ToEnforcer frame = ToEnforcer.parseFrom(message.toByteArray());
                if (frame.hasDirectory()) {
                    directories.add(frame.getDirectory());
                } else {
                    policies.add(frame.getPolicy());
                }
            } catch (InvalidProtocolBufferException e) {
                closed.completeExceptionally(e);
            }
            message.reset();
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer content) {
        pong.complete(content.remaining());
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }
}
