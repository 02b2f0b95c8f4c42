package io.ringfence.gateway.stream;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.ringfence.contracts.policy.EnforcerHello;
import io.ringfence.contracts.policy.FromEnforcer;
import io.ringfence.contracts.policy.PolicyReceipt;
import io.ringfence.gateway.consume.UnreadableRecord;
import io.ringfence.gateway.route.Upstreams;
import io.ringfence.gateway.websocket.Closing;
import io.ringfence.gateway.websocket.Heartbeat;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/// One enforcer's stream. It can be offered policies from the moment it exists, so a change that
/// happens while the first snapshot is fetched is not missed; the outbox keeps the order.
final class EnforcerConnection {
    private static final Logger LOG = Logger.getLogger(EnforcerConnection.class);

    private static final long FIRST_RETRY_MILLISECONDS = 100;
    private static final long MAX_RETRY_MILLISECONDS = 5_000;
    private static final int PATIENCE_WITH_OLDER = 6;

    private final Vertx vertx;
    private final Context context;
    private final ServerWebSocket socket;
    private final PolicyServiceCalls calls;
    private final StreamMetrics metrics;
    private final PolicyOutbox outbox = new PolicyOutbox();
    private final ReceiptRelay receipts;
    private final FollowedDirectories directories;
    private final AtomicBoolean flushScheduled = new AtomicBoolean();
    private final Heartbeat heartbeat;
    private boolean greeted;
    private boolean sending;
    private boolean fetching;
    private long wantedVersion;
    private int olderThanWanted;

    /// On the socket's event loop.
    EnforcerConnection(
            Vertx vertx,
            ServerWebSocket socket,
            PolicyServiceCalls calls,
            DirectoryFeeds feeds,
            StreamMetrics metrics) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.socket = socket;
        this.calls = calls;
        this.metrics = metrics;
        this.receipts = new ReceiptRelay(vertx, calls, metrics);
        this.directories =
                new FollowedDirectories(vertx, context, calls, feeds, this::scheduleFlush);
        this.heartbeat = new Heartbeat(vertx, socket, this::closeIfCertificateIsOver);
        socket.binaryMessageHandler(this::receive);
        socket.textMessageHandler(
                text -> Closing.NOT_UNDERSTOOD.close(socket, "binary frames only"));
        socket.exceptionHandler(broken -> LOG.debugf("%s: %s", enforcerId(), broken));
    }

    String enforcerId() {
        return calls.enforcer().id();
    }

    /// @param whenClosed called once, on the event loop
    void onClose(Runnable whenClosed) {
        socket.closeHandler(closed -> {
            heartbeat.stop();
            receipts.close();
            directories.close();
            whenClosed.run();
        });
    }

    /// From any thread.
    void offer(PolicyUpdate update) {
        PolicyOutbox.Offer offer = outbox.offer(update);
        metrics.offered(offer);
        switch (offer) {
            case QUEUED, REPLACED -> scheduleFlush();
            case GAP -> context.runOnContext(scheduled -> lacks(update.version()));
            case STALE -> {}
        }
    }

    /// A delta came that cannot be sent. What is being fetched may be older.
    private void lacks(long version) {
        wantedVersion = Math.max(wantedVersion, version);
        if (greeted) {
            fetch(ByteString.EMPTY, FIRST_RETRY_MILLISECONDS);
        }
    }

    private void scheduleFlush() {
        if (flushScheduled.compareAndSet(false, true)) {
            context.runOnContext(scheduled -> flush());
        }
    }

    /// Asks for the current policy again, because changes may have been missed. From any thread.
    void resynchronize() {
        context.runOnContext(scheduled -> {
            if (greeted) {
                fetch(ByteString.EMPTY, FIRST_RETRY_MILLISECONDS);
            }
        });
    }

    /// The enforcer comes back elsewhere, or with a new certificate. From any thread.
    void goAway(String reason) {
        context.runOnContext(scheduled -> Closing.GOING_AWAY.close(socket, reason));
    }

    /// The enforcer is not welcome any more. From any thread.
    void dismiss(String reason) {
        context.runOnContext(scheduled -> Closing.NOT_PERMITTED.close(socket, reason));
    }

    private void receive(Buffer message) {
        heartbeat.heard();
        try {
            FromEnforcer frame = FromEnforcer.parseFrom(message.getBytes());
            switch (frame.getFrameCase()) {
                case HELLO -> greet(frame.getHello());
                case RECEIPT -> receipts.offer(frame.getReceipt());
                case FRAME_NOT_SET -> Closing.NOT_UNDERSTOOD.close(socket, "unknown frame");
            }
        } catch (InvalidProtocolBufferException e) {
            Closing.NOT_UNDERSTOOD.close(socket, "not a FromEnforcer");
        }
    }

    private void greet(EnforcerHello hello) {
        if (greeted) {
            Closing.NOT_PERMITTED.close(socket, "one hello is enough");
            return;
        }
        greeted = true;
        directories.holds(hello.getDirectoriesList());
        receipts.offer(heldBy(hello));
        fetch(hello.getDigest(), FIRST_RETRY_MILLISECONDS);
    }

    /// A receipt may have been lost with the former stream, and so may what it was for.
    private static PolicyReceipt heldBy(EnforcerHello hello) {
        return PolicyReceipt.newBuilder()
                .setVersion(hello.getVersion())
                .setDigest(hello.getDigest())
                .setEnforcedAtMs(hello.getEnforcedAtMs())
                .addAllDirectories(hello.getDirectoriesList())
                .setHeld(true)
                .build();
    }

    private void fetch(ByteString digestThere, long retryMilliseconds) {
        if (fetching || socket.isClosed()) {
            return;
        }
        fetching = true;
        calls.snapshot()
                .map(this::read)
                .otherwise(failure -> {
                    LOG.debugf("%s: no snapshot: %s", enforcerId(), failure);
                    return Optional.empty();
                })
                .onSuccess(found -> {
                    fetching = false;
                    found.ifPresentOrElse(
                            update -> offerUnlessThere(update, digestThere),
                            () -> fetchLater(digestThere, retryMilliseconds));
                });
    }

    private Optional<PolicyUpdate> read(Upstreams.Answer answer) {
        if (answer.status() != 200) {
            LOG.debugf("%s: snapshot: status %d", enforcerId(), answer.status());
            return Optional.empty();
        }
        PolicyUpdate update = PolicyUpdate.of(answer.body().getBytes());
        if (!update.enforcerId().equals(enforcerId())) {
            throw new UnreadableRecord("a snapshot of another enforcer");
        }
        return Optional.of(update);
    }

    private void offerUnlessThere(PolicyUpdate update, ByteString digestThere) {
        if (!digestThere.isEmpty() && update.digest().equals(digestThere)) {
            if (outbox.has(update)) {
                directories.follow(update.header().tenants());
            }
        } else {
            offer(update);
        }
        if (update.version() >= wantedVersion) {
            olderThanWanted = 0;
        } else if (++olderThanWanted < PATIENCE_WITH_OLDER) {
            fetchLater(ByteString.EMPTY, FIRST_RETRY_MILLISECONDS << olderThanWanted);
        } else {
            // Instances number by themselves: this one may never use that number.
            olderThanWanted = 0;
            wantedVersion = update.version();
        }
    }

    /// The service may be away, or may not have heard of a new enforcer yet.
    private void fetchLater(ByteString digestThere, long retryMilliseconds) {
        vertx.timer(retryMilliseconds, TimeUnit.MILLISECONDS)
                .onSuccess(waited ->
                        fetch(
                                digestThere,
                                Math.min(2 * retryMilliseconds, MAX_RETRY_MILLISECONDS)));
    }

    private void flush() {
        flushScheduled.set(false);
        if (sending || socket.isClosed()) {
            return;
        }
        Optional<DirectoryUpdate> directory = directories.next();
        if (directory.isPresent()) {
            send(directory.get().frame(), metrics::sentDirectory);
        } else {
            outbox.take()
                    .ifPresent(update -> {
                        if (update.isWhole()) {
                            directories.follow(update.header().tenants());
                        }
                        send(update.frame(), metrics::sent);
                    });
        }
    }

    /// Only when the bytes have left for the network does the next frame follow, so a slow enforcer
    /// costs one policy's memory and gets the newest next.
    private void send(byte[] frame, Runnable count) {
        sending = true;
        socket.writeBinaryMessage(Buffer.buffer(frame))
                .onComplete(written -> {
                    sending = false;
                    if (written.succeeded()) {
                        count.run();
                        flush();
                    }
                });
    }

    private void closeIfCertificateIsOver() {
        if (Instant.now().isAfter(calls.certificate().expires())) {
            Closing.NOT_PERMITTED.close(socket, "the certificate has expired");
        }
    }
}
