package io.ringfence.enforcer.receive;

import com.google.protobuf.InvalidProtocolBufferException;
import io.ringfence.contracts.policy.SignedDirectory;
import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.contracts.policy.ToEnforcer;
import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// What arrives on one websocket. Of several policies that arrive while one is being enforced, only
/// the newest is kept; of directories, all.
final class StreamConnection implements WebSocket.Listener {
    private static final int MESSAGE_LIMIT_BYTES = 16 << 20;
    private static final int WAITING_LIMIT_BYTES = 2 * MESSAGE_LIMIT_BYTES;

    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final List<SignedDirectory> directories = new ArrayList<>();
    private long directoryBytes;
    private @Nullable SignedPolicy newest;
    private @Nullable String end;
    private long heardNanos = System.nanoTime();

    /// Waits for a policy or a directory.
    ///
    /// @return empty when the time is over or the connection has ended
    synchronized Arrivals await(long millis) throws InterruptedException {
        if (newest == null && directories.isEmpty() && end == null) {
            wait(millis);
        }
        Arrivals arrivals = new Arrivals(Optional.ofNullable(newest), List.copyOf(directories));
        newest = null;
        directories.clear();
        directoryBytes = 0;
        return arrivals;
    }

    /// Why the connection is over; empty while it is not.
    synchronized Optional<String> end() {
        return Optional.ofNullable(end);
    }

    synchronized long silentNanos() {
        return System.nanoTime() - heardNanos;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(
            WebSocket socket, ByteBuffer part, boolean isLast) {
        heard();
        if (message.size() + part.remaining() > MESSAGE_LIMIT_BYTES) {
            finish("a message longer than " + MESSAGE_LIMIT_BYTES + " bytes");
            socket.abort();
            return null;
        }
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        message.writeBytes(bytes);
        if (isLast) {
            accept(message.toByteArray());
            message.reset();
        }
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onText(
            WebSocket socket, CharSequence part, boolean isLast) {
        heard();
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer content) {
        heard();
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer content) {
        heard();
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        finish("closed by the gateway: " + code + " " + reason);
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        finish(String.valueOf(error.getMessage()));
    }

    private void accept(byte[] bytes) {
        try {
            ToEnforcer frame = ToEnforcer.parseFrom(bytes);
            switch (frame.getFrameCase()) {
                case POLICY -> offer(frame.getPolicy());
                case DIRECTORY -> offer(frame.getDirectory());
                case FRAME_NOT_SET -> {}
            }
        } catch (InvalidProtocolBufferException unreadable) {
            finish("a message that cannot be read");
        }
    }

    private synchronized void offer(SignedPolicy policy) {
        newest = policy;
        notifyAll();
    }

    private synchronized void offer(SignedDirectory directory) {
        directoryBytes += directory.getContent().size();
        if (directoryBytes > WAITING_LIMIT_BYTES) {
            finish("more than " + WAITING_LIMIT_BYTES + " bytes of directories wait");
        } else {
            directories.add(directory);
            notifyAll();
        }
    }

    private synchronized void heard() {
        heardNanos = System.nanoTime();
    }

    private synchronized void finish(String reason) {
        if (end == null) {
            end = reason;
        }
        notifyAll();
    }
}
