package io.ringfence.enforcer.receive;

import com.google.protobuf.MessageLite;
import io.ringfence.contracts.policy.FromEnforcer;
import io.ringfence.contracts.policy.PolicyReceipt;
import io.ringfence.enforcer.retry.Backoff;
import io.ringfence.enforcer.retry.Complaints;
import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a stream to the gateway open, for ever: connects, says what is held, enforces what comes,
/// and connects again when the gateway is gone or silent. Runs until its thread is interrupted.
public final class PolicyStream implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyStream.class);
    private static final Duration SEND_PATIENCE = Duration.ofSeconds(10);

    private final StreamOpener opener;
    private final PolicyReceiver receiver;
    private final StreamTiming timing;
    private final Backoff backoff;
    private final Complaints complaints = new Complaints(LOG);

    public PolicyStream(
            StreamOpener opener,
            PolicyReceiver receiver,
            StreamTiming timing,
            RandomGenerator random) {
        this.opener = opener;
        this.receiver = receiver;
        this.timing = timing;
        this.backoff = new Backoff(timing.firstWait(), timing.longestWait(), random);
    }

    @Override
    public void run() {
        try {
            while (true) {
                try {
                    serveOnce();
                } catch (IOException | TimeoutException e) {
                    complaints.warn("no policy stream: " + e.getMessage());
                }
                Thread.sleep(backoff.next());
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void serveOnce() throws IOException, TimeoutException, InterruptedException {
        StreamConnection connection = new StreamConnection();
        WebSocket socket = await(opener.open(connection));
        try {
            send(socket, FromEnforcer.newBuilder().setHello(receiver.hello()).build());
            complaints.resolved("policy stream open");
            long openedNanos = System.nanoTime();
            try {
                serve(socket, connection);
            } finally {
                if (System.nanoTime() - openedNanos > timing.longestWait().toNanos()) {
                    backoff.reset();
                }
            }
        } finally {
            socket.abort();
        }
    }

    private void serve(WebSocket socket, StreamConnection connection)
            throws IOException, TimeoutException, InterruptedException {
        long pingNanos = timing.pingEvery().toNanos();
        long pingedAt = System.nanoTime();
        ReceiptPacing receipts = new ReceiptPacing(timing.receiptPause(), System.nanoTime());
        while (connection.silentNanos() < timing.silence().toNanos()) {
            Duration patience =
                    receipts.dueWithin(timing.pingEvery().dividedBy(4), System.nanoTime());
            Arrivals arrivals = connection.await(Math.max(1, patience.toMillis()));
            if (!arrivals.isEmpty()) {
                receiver.receive(arrivals)
                        .ifPresent(receipt ->
                                receipts.offer(
                                        receipt,
                                        !arrivals.policies().isEmpty(),
                                        System.nanoTime()));
                backoff.reset();
            } else if (connection.end().isPresent()) {
                throw new IOException(connection.end().get());
            }
            Optional<PolicyReceipt> due = receipts.take(System.nanoTime());
            if (due.isPresent()) {
                send(socket, FromEnforcer.newBuilder().setReceipt(due.get()).build());
            }
            if (System.nanoTime() - pingedAt >= pingNanos) {
                await(socket.sendPing(ByteBuffer.allocate(0)));
                pingedAt = System.nanoTime();
                receiver.keep();
                receiver.retry()
                        .ifPresent(receipt -> receipts.offer(receipt, false, System.nanoTime()));
            }
        }
        throw new IOException("the gateway was silent for " + timing.silence().toSeconds() + " s");
    }

    private static void send(WebSocket socket, MessageLite frame)
            throws IOException, TimeoutException, InterruptedException {
        await(socket.sendBinary(ByteBuffer.wrap(frame.toByteArray()), true));
    }

    private static <T> T await(CompletableFuture<T> future)
            throws IOException, TimeoutException, InterruptedException {
        try {
            return future.get(SEND_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new IOException(cause == null ? e.toString() : cause.toString(), e);
        }
    }
}
