package io.ringfence.gateway.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.ringfence.protocol.error.ApiError;
import io.ringfence.protocol.error.Fault;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One request and the answer to it. Lives on one event loop.
public final class Exchange {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SUBJECT = "gateway";
    private static final long MAX_DISCARDED_BYTES = 4L << 20;
    private static final String REQUEST_ID = "X-Request-ID";
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

    /// The connection has become something else: as a request, it is over.
    public void upgraded() {
        upgraded = true;
        over(true);
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
        if (response().ended() || response().closed()) {
            return;
        }
        if (response().headWritten()) {
            abort();
            return;
        }
        if (fault.code() == 401) {
            response().putHeader("WWW-Authenticate", "Bearer");
        }
        answer(fault.code(), "application/json", errors(fault));
    }

    /// A complete answer that the gateway gives itself.
    public void answer(int status, String contentType, String body) {
        response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, contentType)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
        if (method().equals("HEAD")) {
            response().end();
        } else {
            response().end(body);
        }
        discardRest();
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

    private String errors(Fault fault) {
        ApiError error =
                new ApiError(
                        fault.code(),
                        fault.title(),
                        fault.description(),
                        SUBJECT,
                        requestId,
                        fault.attribute()
                                .<Map<String, String>>map(name -> Map.of("attribute", name))
                                .orElse(Map.of()));
        try {
            return JSON.writeValueAsString(List.of(error));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an error that cannot be written", e);
        }
    }

    private static String requestId(@Nullable String given) {
        return given != null && ACCEPTED_ID.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
    }
}
