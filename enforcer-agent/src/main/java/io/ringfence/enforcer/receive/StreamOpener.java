package io.ringfence.enforcer.receive;

import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;

/// Opens the websocket to the gateway.
@FunctionalInterface
public interface StreamOpener {
    CompletableFuture<WebSocket> open(WebSocket.Listener listener);
}
