package io.ringfence.gateway.websocket;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.WebSocketBase;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.time.Instant;

/// Pings every five seconds and closes a socket that was silent for ten (`reference/api.md` §0).
/// Lives on the socket's event loop, until its connection is gone.
///
/// Vert.x ends a connection some time after its close frame has left. To a client that takes
/// nothing from its socket that never leaves, so the connection is ended here then.
public final class Heartbeat {
    private static final long PING_MILLISECONDS = 5_000;
    private static final Duration PONG_WITHIN = Duration.ofSeconds(10);

    private final WebSocketBase socket;
    private final ConnectionBase connection;
    private final Runnable atEachBeat;
    private Instant lastHeard = Instant.now();
    private Future<Void> pinged = Future.succeededFuture();
    private boolean isClosing;

    /// Takes the socket's pong handler.
    ///
    /// @param connection that became the socket
    /// @param atEachBeat what else is to be looked at every five seconds, while the socket is open
    public Heartbeat(
            Vertx vertx, WebSocketBase socket, HttpConnection connection, Runnable atEachBeat) {
        this.socket = socket;
        this.connection = (ConnectionBase) connection;
        this.atEachBeat = atEachBeat;
        long timer = vertx.setPeriodic(PING_MILLISECONDS, tick -> beat());
        this.connection.closeFuture().onComplete(gone -> vertx.cancelTimer(timer));
        socket.pongHandler(pong -> heard());
        LatestPing.answerOf(this.connection.channelHandlerContext());
    }

    /// Any message is as good as a pong.
    public void heard() {
        lastHeard = Instant.now();
    }

    private void beat() {
        if (isClosing) {
            connection.channelHandlerContext().close();
        } else if (socket.isClosed()) {
            isClosing = true;
        } else if (Duration.between(lastHeard, Instant.now()).compareTo(PONG_WITHIN) > 0) {
            Closing.GOING_AWAY.close(socket, "no pong within 10 s");
            isClosing = true;
        } else {
            atEachBeat.run();
            ping();
        }
    }

    /// A client that speaks and takes nothing has one ping waiting, not one more every five
    /// seconds.
    private void ping() {
        if (!socket.isClosed() && pinged.isComplete()) {
            pinged = socket.writePing(Buffer.buffer("ringfence"));
        }
    }
}
