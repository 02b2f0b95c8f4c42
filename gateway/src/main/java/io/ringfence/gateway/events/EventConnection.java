package io.ringfence.gateway.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.gateway.authorize.Decision;
import io.ringfence.gateway.filter.TooManyStepsException;
import io.ringfence.gateway.websocket.Closing;
import io.ringfence.gateway.websocket.Heartbeat;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/// One client of `/events`: its feed goes on while the client takes what it is sent. Lives on the
/// socket's event loop.
final class EventConnection implements EventFeed.Reader {
    private static final Logger LOG = Logger.getLogger(EventConnection.class);

    private static final int MAX_MESSAGE_BYTES = 64 << 10;
    private static final int MAX_QUEUED_BYTES = 64 << 10;
    private static final int EVENTS_PER_TURN = 256;

    private final Vertx vertx;
    private final Context context;
    private final ServerWebSocket socket;
    private final EventsRequest request;
    private final EventFeed feed;
    private final EventAccess access;
    private final EventFrames frames;
    private final EventMetrics metrics;
    private final Heartbeat heartbeat;
    private final long expiry;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private Subscription subscription = Subscription.EVERYTHING;
    private Position told;
    private boolean waiting;

    /// @param transport the connection that became the socket
    /// @param until when the caller's token expires
    EventConnection(
            Vertx vertx,
            ServerWebSocket socket,
            HttpConnection transport,
            EventsRequest request,
            Position start,
            Instant until,
            EventTail tail,
            EventAccess access,
            EventFrames frames,
            EventMetrics metrics) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.socket = socket;
        this.request = request;
        this.feed = new EventFeed(vertx, tail, start, this);
        this.told = start;
        this.access = access;
        this.frames = frames;
        this.metrics = metrics;
        this.heartbeat = new Heartbeat(vertx, socket, transport, this::beat);
        this.expiry =
                vertx.setTimer(
                        Math.max(1, Duration.between(Instant.now(), until).toMillis()),
                        over -> Closing.NOT_PERMITTED.close(socket, "the token has expired"));
        socket.setWriteQueueMaxSize(MAX_QUEUED_BYTES);
        socket.drainHandler(drained -> pump());
        socket.textMessageHandler(text -> receive(Buffer.buffer(text)));
        socket.binaryMessageHandler(this::receive);
        socket.exceptionHandler(broken -> LOG.debugf("%s: %s", request, broken));
    }

    /// @param whenClosed called once, on the event loop
    void start(Runnable whenClosed) {
        socket.closeHandler(closed -> {
            vertx.cancelTimer(expiry);
            feed.close();
            whenClosed.run();
        });
        if (request.positions()) {
            frames.position(told);
        }
        pump();
    }

    /// Something new is in the partition. From any thread.
    void wake(int partition) {
        if (feed.covers(partition)) {
            pumpLater();
        }
    }

    /// The client comes back, here or elsewhere. From any thread.
    void goAway(String reason) {
        context.runOnContext(now -> Closing.GOING_AWAY.close(socket, reason));
    }

    private void receive(Buffer message) {
        heartbeat.heard();
        if (message.length() > MAX_MESSAGE_BYTES) {
            Closing.TOO_LARGE.close(socket, "a message has at most 64 KiB");
            return;
        }
        try {
            ObjectNode asked = request.reads().readObject(message.getBytes());
            subscription = Subscription.of(asked);
        } catch (ApiException refused) {
            Fault fault = refused.faults().getFirst();
            // Who does not take its errors does not get to fill the memory with them.
            if (request.errors() && !socket.isClosed() && !socket.writeQueueFull()) {
                frames.error(fault, feed.position());
            } else {
                Closing.NOT_UNDERSTOOD.close(socket, fault.description());
            }
        }
    }

    /// Sends what there is, for as long as the client takes it. Whatever interrupts it, calls it
    /// again.
    private void pump() {
        for (int turn = 0; turn < EVENTS_PER_TURN; turn++) {
            if (waiting || socket.isClosed() || socket.writeQueueFull()) {
                return;
            }
            Optional<ObjectEvent> event = feed.next();
            if (event.isEmpty()) {
                return;
            }
            consider(event.get());
        }
        pumpLater();
    }

    private void pumpLater() {
        if (scheduled.compareAndSet(false, true)) {
            context.runOnContext(now -> {
                scheduled.set(false);
                pump();
            });
        }
    }

    @Override
    public void more() {
        pump();
    }

    @Override
    public void gone() {
        metrics.gone();
        String reason = "The position is too old; list again and connect without it.";
        if (request.errors()) {
            frames.error(Fault.of(410, "Gone", reason), feed.position());
        }
        Closing.GONE.close(socket, reason);
    }

    private void consider(ObjectEvent event) {
        boolean concerns =
                request.covers(event.namespace())
                        && subscription.wants(event.identity(), event.type())
                        && fits(event);
        if (!concerns) {
            feed.pass(event);
            return;
        }
        Future<Boolean> seen = access.see(event.identity(), event.namespace());
        if (seen.succeeded()) {
            tell(event, seen.result());
            return;
        }
        waiting = true;
        seen.otherwise(false)
                .onSuccess(may -> {
                    tell(event, may);
                    goOn();
                });
    }

    private boolean fits(ObjectEvent event) {
        try {
            return subscription
                    .filter(event.identity())
                    .map(filter -> filter.accepts(event.entity()))
                    .orElse(true);
        } catch (TooManyStepsException tooMany) {
            Closing.NOT_PERMITTED.close(
                    socket, "a regular expression of your filter takes too long");
            return false;
        }
    }

    private void tell(ObjectEvent event, boolean may) {
        feed.pass(event);
        if (may && !socket.isClosed()) {
            told = feed.position();
            metrics.sent();
            frames.event(event, told);
        }
    }

    private void goOn() {
        waiting = false;
        pump();
    }

    /// Who stays connected for long must stay welcome, and must not grow old with a position that
    /// nothing has moved.
    private void beat() {
        access.listen(request.namespace())
                .onSuccess(decision -> {
                    if (!(decision instanceof Decision.Allowed)) {
                        Closing.NOT_PERMITTED.close(socket, "not authorized any more");
                    }
                });
        Position reached = feed.position();
        if (request.positions() && !reached.equals(told) && !waiting) {
            told = reached;
            frames.position(reached);
        }
    }
}
