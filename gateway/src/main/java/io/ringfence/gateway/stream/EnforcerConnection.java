package io.ringfence.gateway.stream;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.ringfence.contracts.policy.EnforcerHello;
import io.ringfence.contracts.policy.FromEnforcer;
import io.ringfence.contracts.policy.PolicyEdition;
import io.ringfence.contracts.policy.PolicyReceipt;
import io.ringfence.gateway.consume.UnreadableRecord;
import io.ringfence.gateway.route.Upstreams;
import io.ringfence.gateway.websocket.Closing;
import io.ringfence.gateway.websocket.Heartbeat;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/// One enforcer's stream. It can be offered policies from the moment it exists, so a change that
/// happens while the first snapshot is fetched is not missed; the outbox keeps the order.
final class EnforcerConnection {
    private static final Logger LOG = Logger.getLogger(EnforcerConnection.class);

    private static final long FIRST_RETRY_MILLISECONDS = 100;
    private static final long MAX_RETRY_MILLISECONDS = 5_000;
    private static final int MOST_TIMES_OLDER = 6;

    private final Vertx vertx;
    private final Context context;
    private final ServerWebSocket socket;
    private final PolicyServiceCalls calls;
    private final RecentDeltas recent;
    private final StreamMetrics metrics;
    private final PolicyOutbox outbox = new PolicyOutbox();
    private final ReceiptRelay receipts;
    private final FollowedDirectories directories;
    private final AtomicBoolean flushScheduled = new AtomicBoolean();
    private final Heartbeat heartbeat;
    private boolean greeted;
    private boolean sending;
    private boolean asking;
    private boolean missed;
    private boolean waitsForNewer;
    private long wantedVersion;
    private int olderThanWanted;

    /// On the socket's event loop.
    ///
    /// @param transport the connection that became the socket
    EnforcerConnection(
            Vertx vertx,
            ServerWebSocket socket,
            HttpConnection transport,
            PolicyServiceCalls calls,
            DirectoryFeeds feeds,
            RecentDeltas recent,
            StreamMetrics metrics) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.socket = socket;
        this.calls = calls;
        this.recent = recent;
        this.metrics = metrics;
        this.receipts = new ReceiptRelay(vertx, calls, metrics);
        this.directories =
                new FollowedDirectories(vertx, context, calls, feeds, this::scheduleFlush);
        this.heartbeat = new Heartbeat(vertx, socket, transport, this::closeIfCertificateIsOver);
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
            fetch(FIRST_RETRY_MILLISECONDS);
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
            if (greeted && !asking) {
                fetch(FIRST_RETRY_MILLISECONDS);
            } else {
                missed = greeted;
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
        if (hello.getDigest().isEmpty()) {
            fetch(FIRST_RETRY_MILLISECONDS);
        } else {
            resume(hello.getDigest(), FIRST_RETRY_MILLISECONDS);
        }
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

    /// Asks which policy stands, and leads the enforcer there from the one it has if the way is
    /// known.
    private void resume(ByteString held, long retryMilliseconds) {
        ask(calls::edition, answer -> PolicyEdition.parseFrom(answer.body().getBytes()))
                .onSuccess(standing ->
                        standing.ifPresentOrElse(
                                edition -> resume(held, edition),
                                () -> later(retryMilliseconds, longer -> resume(held, longer))));
    }

    private void resume(ByteString held, PolicyEdition standing) {
        List<PolicyUpdate> since = recent.after(enforcerId(), held);
        ByteString reached = since.isEmpty() ? held : since.getLast().digest();
        long newest = since.isEmpty() ? 0 : since.getLast().version();
        boolean leadsThere =
                reached.equals(standing.getDigest())
                        || Long.compareUnsigned(newest, standing.getVersion()) > 0;
        if (!leadsThere) {
            fetch(FIRST_RETRY_MILLISECONDS);
            return;
        }
        // What it has stood before the first of these.
        long versionThere =
                since.isEmpty() ? standing.getVersion() : since.getFirst().version() - 1;
        if (outbox.isUntouched() && outbox.has(versionThere, held)) {
            directories.follow(standing.getTenantsList());
            since.forEach(this::offer);
        }
        isAsNewAs(Math.max(newest, standing.getVersion()));
    }

    private void fetch(long retryMilliseconds) {
        ask(calls::snapshot, this::read)
                .onSuccess(found ->
                        found.ifPresentOrElse(
                                update -> {
                                    offer(update);
                                    isAsNewAs(update.version());
                                },
                                () -> later(retryMilliseconds, this::fetch)));
    }

    private PolicyUpdate read(Upstreams.Answer answer) {
        PolicyUpdate update = PolicyUpdate.of(answer.body().getBytes());
        if (!update.enforcerId().equals(enforcerId())) {
            throw new UnreadableRecord("a snapshot of another enforcer");
        }
        return update;
    }

    /// One question at a time; no answer at all to one that is asked meanwhile, since whoever asked
    /// before looks at what is wanted when it has its answer.
    private <T> Future<Optional<T>> ask(
            Supplier<Future<Upstreams.Answer>> question, Reading<T> reading) {
        if (asking || socket.isClosed()) {
            return Promise.<Optional<T>>promise().future();
        }
        asking = true;
        return question.get()
                .map(answer -> read(answer, reading))
                .otherwise(failure -> {
                    LOG.debugf("%s: no answer: %s", enforcerId(), failure);
                    return Optional.empty();
                })
                .onSuccess(answered -> asking = false);
    }

    private <T> Optional<T> read(Upstreams.Answer answer, Reading<T> reading) {
        if (answer.status() != 200) {
            LOG.debugf("%s: status %d", enforcerId(), answer.status());
            return Optional.empty();
        }
        try {
            return Optional.of(reading.of(answer));
        } catch (InvalidProtocolBufferException e) {
            throw new UnreadableRecord("not what was asked for: " + e.getMessage());
        }
    }

    private interface Reading<T> {
        T of(Upstreams.Answer answer) throws InvalidProtocolBufferException;
    }

    /// The version of a delta that could not be sent may be newer still, and what is known may have
    /// been asked for before something was missed.
    private void isAsNewAs(long version) {
        if (missed) {
            missed = false;
            fetch(FIRST_RETRY_MILLISECONDS);
        } else if (version >= wantedVersion) {
            olderThanWanted = 0;
        } else if (!waitsForNewer) {
            waitsForNewer = true;
            olderThanWanted = Math.min(olderThanWanted + 1, MOST_TIMES_OLDER);
            later(
                    Math.min(FIRST_RETRY_MILLISECONDS << olderThanWanted, MAX_RETRY_MILLISECONDS),
                    longer -> {
                        waitsForNewer = false;
                        fetch(FIRST_RETRY_MILLISECONDS);
                    });
        }
    }

    /// The service may be away, or may not have heard of a new enforcer yet.
    private void later(long milliseconds, LongConsumer again) {
        vertx.timer(milliseconds, TimeUnit.MILLISECONDS)
                .onSuccess(
                        waited -> again.accept(Math.min(2 * milliseconds, MAX_RETRY_MILLISECONDS)));
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
