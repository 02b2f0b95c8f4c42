package io.ringfence.gateway.websocket;

import io.vertx.core.http.WebSocketBase;
import java.nio.charset.StandardCharsets;

/// Why the gateway ends a websocket (RFC 6455 §7.4).
public enum Closing {
    /// The client may connect again at once, here or elsewhere.
    GOING_AWAY(1001),
    NOT_UNDERSTOOD(1007),
    /// What the client showed or asked is not, or no longer, good enough.
    NOT_PERMITTED(1008),
    TOO_LARGE(1009),
    /// Ours: what the client wants to go on from is not kept any more.
    GONE(4410);

    private static final int MAX_REASON_BYTES = 123;

    private final short code;

    Closing(int code) {
        this.code = (short) code;
    }

    /// Does nothing to a socket that is closed.
    ///
    /// @param reason ASCII; what does not fit into the frame is cut off
    public void close(WebSocketBase socket, String reason) {
        if (!socket.isClosed()) {
            byte[] bytes = reason.getBytes(StandardCharsets.US_ASCII);
            int length = Math.min(bytes.length, MAX_REASON_BYTES);
            socket.close(code, new String(bytes, 0, length, StandardCharsets.US_ASCII));
        }
    }
}
