package io.ringfence.gateway.route;

import io.ringfence.contracts.identity.Header;
import io.ringfence.protocol.error.Fault;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/// Passes a request's body on as it comes, counting. A body whose length was not said and that
/// turns out too long is cut off at both ends. A small body of a request with an idempotency key is
/// kept until the answer, in case it has to be sent again.
final class BodyRelay {
    private static final int MAX_KEPT_BYTES = 64 << 10;

    private final Exchange exchange;
    private final HttpServerRequest from;
    private final long maxBytes;
    private @Nullable Buffer kept;
    private long bytes;
    private long declaredBytes = -1;
    private boolean sentWhole;
    private boolean arrived;
    private boolean stopped;

    BodyRelay(Exchange exchange, long maxBytes) {
        this.exchange = exchange;
        this.from = exchange.request();
        this.maxBytes = maxBytes;
        this.arrived = from.isEnded();
        this.kept = from.headers().contains(Header.IDEMPOTENCY_KEY) ? Buffer.buffer() : null;
    }

    /// Whether the whole body could be sent again.
    boolean isAtHand() {
        return arrived && !stopped && (bytes == 0 || kept != null);
    }

    /// From its beginning. The second time only if it is at hand.
    void sendTo(HttpClientRequest upstream) {
        Buffer copy = kept;
        if (arrived && copy != null && copy.length() > 0) {
            upstream.end(copy);
        } else if (arrived) {
            upstream.end();
        } else {
            start(upstream);
        }
    }

    private void start(HttpClientRequest upstream) {
        String length = from.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null) {
            declaredBytes = Long.parseLong(length);
            upstream.putHeader(HttpHeaders.CONTENT_LENGTH, length);
        } else if (hasBody()) {
            upstream.setChunked(true);
        }
        if ("100-continue".equalsIgnoreCase(from.getHeader(HttpHeaders.EXPECT))) {
            exchange.response().writeContinue();
        }
        from.exceptionHandler(broken -> stop(upstream));
        from.handler(chunk -> pass(chunk, upstream));
        from.endHandler(end -> {
            arrived = true;
            if (!stopped && !sentWhole) {
                upstream.end();
            }
        });
        from.resume();
    }

    private boolean hasBody() {
        return from.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                || from.version() == HttpVersion.HTTP_2;
    }

    private void pass(Buffer chunk, HttpClientRequest upstream) {
        if (stopped) {
            return;
        }
        bytes += chunk.length();
        if (bytes > maxBytes) {
            exchange.refuse(tooLarge(maxBytes));
            stop(upstream);
            return;
        }
        keep(chunk);
        if (bytes == declaredBytes) {
            // Together with the end, which would be a message to the connection by itself.
            sentWhole = true;
            upstream.end(chunk);
            return;
        }
        upstream.write(chunk);
        if (upstream.writeQueueFull()) {
            from.pause();
            upstream.drainHandler(drained -> from.resume());
        }
    }

    private void keep(Buffer chunk) {
        Buffer copy = kept;
        if (copy != null) {
            kept =
                    copy.length() + chunk.length() > MAX_KEPT_BYTES
                            ? null
                            : copy.appendBuffer(chunk);
        }
    }

    private void stop(HttpClientRequest upstream) {
        stopped = true;
        upstream.reset();
    }

    static Fault tooLarge(long maxBytes) {
        return Fault.of(
                413, "Payload Too Large", "A request's body has at most " + maxBytes + " bytes.");
    }
}
