package io.ringfence.enforcer.receive;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
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

/// What arrives on one websocket. Of what arrives while a policy is being enforced, a whole policy
/// takes the place of those before it.
final class StreamConnection implements WebSocket.Listener {
    private static final int MESSAGE_LIMIT_BYTES = 16 << 20;
    private static final int WAITING_LIMIT_BYTES = 2 * MESSAGE_LIMIT_BYTES;

    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final List<SignedDirectory> directories = new ArrayList<>();
    private final List<SignedPolicy> policies = new ArrayList<>();
    private long waitingBytes;
    private @Nullable String end;
    private long heardNanos = System.nanoTime();

    /// Waits for a policy or a directory.
    ///
    /// @return empty when the time is over or the connection has ended
    synchronized Arrivals await(long millis) throws InterruptedException {
        if (policies.isEmpty() && directories.isEmpty() && end == null) {
            wait(millis);
        }
        Arrivals arrivals = new Arrivals(List.copyOf(policies), List.copyOf(directories));
        policies.clear();
        directories.clear();
        waitingBytes = 0;
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
        if (!policy.getIsDelta()) {
            policies.clear();
        }
        if (fits(policy)) {
            policies.add(policy);
            notifyAll();
        }
    }

    private boolean fits(MessageLite message) {
        waitingBytes += message.getSerializedSize();
        if (waitingBytes > WAITING_LIMIT_BYTES) {
            finish("more than " + WAITING_LIMIT_BYTES + " bytes wait");
            return false;
        }
        return true;
    }

    private synchronized void offer(SignedDirectory directory) {
        if (fits(directory)) {
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
