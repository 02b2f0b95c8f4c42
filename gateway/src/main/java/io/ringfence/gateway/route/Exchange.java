package io.ringfence.gateway.route;

import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.ringfence.contracts.identity.Header;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.protocol.error.ApiError;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One request and the answer to it. Lives on one event loop.
public final class Exchange {
    private static final Logger LOG = Logger.getLogger(Exchange.class);
    private static final String SUBJECT = "gateway";
    private static final long MAX_DISCARDED_BYTES = 4L << 20;
    private static final long MAX_LINGER_MILLISECONDS = 5_000;
    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized(Header.REQUEST_ID);
    private static final Pattern ACCEPTED_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final HttpServerRequest request;
    private final RequestPath path;
    private final String requestId;
    private final long startedNanos = System.nanoTime();
    private final List<Consumer<Boolean>> whenOver = new ArrayList<>();
    private String caller = "-";
    private long discardedBytes;
    private boolean upgraded;

    Exchange(HttpServerRequest request, RequestPath path) {
        this.request = request;
        this.path = path;
        this.requestId = requestId(request.getHeader(REQUEST_ID));
        request.response().putHeader(REQUEST_ID, requestId);
    }

    public HttpServerRequest request() {
        return request;
    }

    public HttpServerResponse response() {
        return request.response();
    }

    public RequestPath path() {
        return path;
    }

    /// In errors, logs, and at the services.
    public String requestId() {
        return requestId;
    }

    String method() {
        return request.method().name();
    }

    /// HEAD: only headers are wanted.
    public boolean isCount() {
        return method().equals("HEAD");
    }

    /// Who asks, for the log.
    public void calledBy(String subject) {
        this.caller = subject;
    }

    String caller() {
        return caller;
    }

    /// Runs once: with true when the answer was sent, with false when the client left before. The
    /// response has one handler for each of these, and it is the router's.
    void whenOver(Consumer<Boolean> listener) {
        whenOver.add(listener);
    }

    void over(boolean complete) {
        List.copyOf(whenOver).forEach(listener -> listener.accept(complete));
        whenOver.clear();
    }

    public boolean asksForWebSocket() {
        return HttpHeaderValues.WEBSOCKET.contentEqualsIgnoreCase(
                request.getHeader(HttpHeaders.UPGRADE));
    }

    /// The connection becomes something else: as a request, it is over then.
    public Future<ServerWebSocket> upgrade() {
        return request.toWebSocket()
                .onSuccess(socket -> {
                    upgraded = true;
                    over(true);
                });
    }

    int status() {
        return upgraded
                ? HttpResponseStatus.SWITCHING_PROTOCOLS.code()
                : response().getStatusCode();
    }

    double elapsedMilliseconds() {
        return (System.nanoTime() - startedNanos) / 1e6;
    }

    /// Answers with the error array. After an answer has begun, the connection is all that can
    /// still be ended.
    public void refuse(Fault fault) {
        refuse(List.of(fault));
    }

    public void refuse(ApiException refused) {
        refuse(refused.faults());
    }

    /// For a request after which the connection cannot be trusted, or is not to go on.
    void refuseAndClose(Fault fault) {
        if (request.version() != HttpVersion.HTTP_2) {
            response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            whenOver(complete -> closeOnceRead());
        }
        refuse(fault);
    }

    /// Closing while the client still sends would take the answer away from it: what arrives at a
    /// closed connection is answered with a reset, which overtakes whatever was not read yet.
    private void closeOnceRead() {
        if (request.isEnded()) {
            request.connection().close();
            return;
        }
        request.endHandler(end -> request.connection().close());
        Vertx.currentContext()
                .owner()
                .setTimer(MAX_LINGER_MILLISECONDS, late -> request.connection().close());
    }

    private void refuse(List<Fault> faults) {
        if (response().ended() || response().closed()) {
            return;
        }
        if (response().headWritten()) {
            abort();
            return;
        }
        int status = faults.getFirst().code();
        if (status == 401) {
            response().putHeader("WWW-Authenticate", "Bearer");
        }
        answer(status, faults.stream().map(this::error).toList());
    }

    /// The gateway itself failed, which is nothing the client can change.
    public void fail(Throwable bug) {
        LOG.errorf(bug, "%s: %s %s", requestId, method(), path);
        refuse(Fault.of(500, "Internal Server Error", "The gateway failed; see its log."));
    }

    /// A complete answer that the gateway gives itself, in the encoding that the client accepts.
    public void answer(int status, Object value) {
        BodyFormat format = BodyFormat.ofAccept(request.headers().getAll(HttpHeaders.ACCEPT));
        answer(status, format.mediaType(), Buffer.buffer(format.write(value)));
    }

    /// The same, of something that has only one encoding.
    public void answer(int status, String contentType, Buffer body) {
        response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, contentType)
                .putHeader("X-Content-Type-Options", "nosniff");
        if (!response().headers().contains(HttpHeaders.CACHE_CONTROL)) {
            response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        if (isCount()) {
            response().end();
        } else {
            response().end(body);
        }
        discardRest();
    }

    /// Reads a body that the gateway itself is to understand. A larger one is refused.
    public void body(int maxBytes, Consumer<Buffer> then) {
        Buffer body = Buffer.buffer();
        request.exceptionHandler(broken -> LOG.debugf("%s: %s", requestId, broken));
        request.handler(chunk -> {
            if (body.length() + chunk.length() > maxBytes) {
                refuse(BodyRelay.tooLarge(maxBytes));
            } else {
                body.appendBuffer(chunk);
            }
        });
        request.endHandler(end -> {
            if (!response().ended()) {
                then.accept(body);
            }
        });
        if (HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(
                request.getHeader(HttpHeaders.EXPECT))) {
            response().writeContinue();
        }
        request.resume();
    }

    /// Reads on for a while, so that a client in the middle of sending gets to see its answer.
    void discardRest() {
        if (request.isEnded()) {
            return;
        }
        request.exceptionHandler(broken -> {});
        request.handler(chunk -> {
            discardedBytes += chunk.length();
            if (discardedBytes > MAX_DISCARDED_BYTES) {
                abort();
            }
        });
        request.resume();
    }

    /// Ends an answer that has begun and cannot be finished, so that nobody takes it for whole.
    void abort() {
        if (request.version() == HttpVersion.HTTP_2) {
            response().reset();
        } else {
            request.connection().close();
        }
    }

    private ApiError error(Fault fault) {
        return new ApiError(
                fault.code(),
                fault.title(),
                fault.description(),
                SUBJECT,
                requestId,
                fault.attribute()
                        .<Map<String, String>>map(name -> Map.of("attribute", name))
                        .orElse(Map.of()));
    }

    private static String requestId(@Nullable String given) {
        return given != null && ACCEPTED_ID.matcher(given).matches() ? given : newId();
    }

    /// Nobody gains by guessing one, so it need not wait for the system's randomness.
    private static String newId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
