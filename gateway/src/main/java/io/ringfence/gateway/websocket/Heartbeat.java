package io.ringfence.gateway.websocket;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketBase;
import java.time.Duration;
import java.time.Instant;

/// Pings every five seconds and closes a socket that was silent for ten (`reference/api.md` §0).
/// Lives on the socket's event loop.
public final class Heartbeat {
    private static final long PING_MILLISECONDS = 5_000;
    private static final Duration PONG_WITHIN = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final WebSocketBase socket;
    private final Runnable atEachBeat;
    private final long timer;
    private Instant lastHeard = Instant.now();

    /// Takes the socket's pong handler.
    ///
    /// @param atEachBeat what else is to be looked at every five seconds
    public Heartbeat(Vertx vertx, WebSocketBase socket, Runnable atEachBeat) {
        this.vertx = vertx;
        this.socket = socket;
        this.atEachBeat = atEachBeat;
        this.timer = vertx.setPeriodic(PING_MILLISECONDS, tick -> beat());
        socket.pongHandler(pong -> heard());
    }

    /// Any message is as good as a pong.
    public void heard() {
        lastHeard = Instant.now();
    }

    public void stop() {
        vertx.cancelTimer(timer);
    }

    private void beat() {
        if (Duration.between(lastHeard, Instant.now()).compareTo(PONG_WITHIN) > 0) {
            Closing.GOING_AWAY.close(socket, "no pong within 10 s");
            return;
        }
        atEachBeat.run();
        if (!socket.isClosed()) {
            socket.writePing(Buffer.buffer("ringfence"));
        }
    }
}
