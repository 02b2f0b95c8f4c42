package io.ringfence.bench.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A TCP connection to an echo over which a byte goes every millisecond, until something ends it.
public final class OpenStream implements AutoCloseable {
    private final Socket socket;
    private final CompletableFuture<Long> broken = new CompletableFuture<>();
    private final CompletableFuture<Long> streaming = new CompletableFuture<>();

    private OpenStream(Socket socket) {
        this.socket = socket;
    }

    /// Returns when the first byte has come back.
    public static OpenStream open(String from, InetSocketAddress to, Duration patience)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Socket socket = new Socket();
        OpenStream stream = new OpenStream(socket);
        try {
            socket.bind(new InetSocketAddress(from, 0));
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            socket.connect(to, (int) patience.toMillis());
            Pace.keep("stream", stream::send);
            Thread.ofPlatform().name("stream's answers").daemon().start(stream::receive);
            stream.streaming.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return stream;
        } catch (IOException
                | InterruptedException
                | ExecutionException
                | TimeoutException failed) {
            stream.close();
            throw failed;
        }
    }

    /// @return when this end learned that the connection is no more, by [System#nanoTime]
    public long awaitBroken(Duration patience)
            throws InterruptedException, ExecutionException, TimeoutException {
        return broken.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private boolean send() {
        try {
            socket.getOutputStream().write(1);
            return true;
        } catch (IOException reset) {
            broken.complete(System.nanoTime());
            return false;
        }
    }

    private void receive() {
        byte[] buffer = new byte[1 << 12];
        try {
            InputStream in = socket.getInputStream();
            while (in.read(buffer) > 0) {
                streaming.complete(System.nanoTime());
            }
            broken.complete(System.nanoTime());
        } catch (IOException reset) {
            broken.complete(System.nanoTime());
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
