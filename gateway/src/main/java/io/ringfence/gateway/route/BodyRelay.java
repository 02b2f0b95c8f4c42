package io.ringfence.gateway.route;

import io.ringfence.protocol.error.Fault;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/// Passes a request's body on as it comes, counting. A body whose length was not said and that
/// turns out too long is cut off at both ends.
final class BodyRelay {
    private final Exchange exchange;
    private final HttpServerRequest from;
    private final HttpClientRequest to;
    private final long maxBytes;
    private long bytes;
    private boolean stopped;

    BodyRelay(Exchange exchange, HttpClientRequest to, long maxBytes) {
        this.exchange = exchange;
        this.from = exchange.request();
        this.to = to;
        this.maxBytes = maxBytes;
    }

    void start() {
        if (from.isEnded()) {
            to.end();
            return;
        }
        String length = from.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null) {
            to.putHeader(HttpHeaders.CONTENT_LENGTH, length);
        } else if (hasBody()) {
            to.setChunked(true);
        }
        if ("100-continue".equalsIgnoreCase(from.getHeader(HttpHeaders.EXPECT))) {
            exchange.response().writeContinue();
        }
        from.exceptionHandler(broken -> stop());
        from.handler(this::pass);
        from.endHandler(end -> {
            if (!stopped) {
                to.end();
            }
        });
        from.resume();
    }

    private boolean hasBody() {
        return from.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                || from.version() == io.vertx.core.http.HttpVersion.HTTP_2;
    }

    private void pass(Buffer chunk) {
        if (stopped) {
            return;
        }
        bytes += chunk.length();
        if (bytes > maxBytes) {
            exchange.refuse(tooLarge(maxBytes));
            stop();
            return;
        }
        to.write(chunk);
        if (to.writeQueueFull()) {
            from.pause();
            to.drainHandler(drained -> from.resume());
        }
    }

    private void stop() {
        stopped = true;
        to.reset();
    }

    static Fault tooLarge(long maxBytes) {
        return Fault.of(
                413, "Payload Too Large", "A request's body has at most " + maxBytes + " bytes.");
    }
}
