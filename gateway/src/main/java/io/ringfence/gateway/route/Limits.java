package io.ringfence.gateway.route;

import io.ringfence.protocol.error.Fault;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// What a request may be at most, before anyone asks who sent it. What could be read in two ways is
/// refused, so that the gateway and a service never disagree about where a request ends.
@Singleton
class Limits {
    private static final String IMPORT = "/import";
    private static final int MAX_HEADERS = 100;
    private static final int MAX_LENGTH_DIGITS = 18;

    private final Vertx vertx;
    private final RouteConfig config;

    Limits(Vertx vertx, RouteConfig config) {
        this.vertx = vertx;
        this.config = config;
    }

    long maxBodyBytes(RequestPath path) {
        return path.text().equals(IMPORT)
                ? config.maxDocument().asLongValue()
                : config.maxBody().asLongValue();
    }

    /// False when the request has been refused.
    boolean keeps(Exchange exchange) {
        Optional<Fault> fault = fault(exchange.request(), maxBodyBytes(exchange.path()));
        fault.ifPresent(exchange::refuseAndClose);
        return fault.isEmpty();
    }

    private static Optional<Fault> fault(HttpServerRequest request, long maxBodyBytes) {
        if (request.headers().size() > MAX_HEADERS) {
            return Optional.of(
                    Fault.of(
                            431,
                            "Request Header Fields Too Large",
                            "A request has at most " + MAX_HEADERS + " headers."));
        }
        List<String> encodings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        List<String> lengths = request.headers().getAll(HttpHeaders.CONTENT_LENGTH);
        if (encodings.isEmpty() && lengths.isEmpty()) {
            return Optional.empty();
        }
        boolean chunked = encodings.size() == 1 && encodings.getFirst().equalsIgnoreCase("chunked");
        if (!encodings.isEmpty() && (!chunked || !lengths.isEmpty())) {
            return Optional.of(
                    Fault.badRequest(
                            "Send a body with Content-Length, or with Transfer-Encoding: chunked"
                                    + " and nothing else."));
        }
        if (lengths.size() > 1 || !lengths.stream().allMatch(Limits::isLength)) {
            return Optional.of(Fault.badRequest("Content-Length is one number."));
        }
        boolean tooLarge =
                lengths.stream()
                        .anyMatch(length ->
                                length.length() > MAX_LENGTH_DIGITS
                                        || Long.parseLong(length) > maxBodyBytes);
        return tooLarge ? Optional.of(BodyRelay.tooLarge(maxBodyBytes)) : Optional.empty();
    }

    private static boolean isLength(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /// A client that sends its body too slowly holds a connection of ours; it gets none of a
    /// service.
    void limitTime(Exchange exchange) {
        if (exchange.request().isEnded() || !mayHaveBody(exchange.request())) {
            return;
        }
        long timer =
                vertx.setTimer(
                        config.bodyWithin().toMillis(),
                        late -> {
                            if (!exchange.request().isEnded()) {
                                exchange.refuse(tooSlow());
                            }
                        });
        exchange.whenOver(complete -> vertx.cancelTimer(timer));
    }

    /// In HTTP/1.1 a request with a body says so (RFC 9112 §6.3).
    private static boolean mayHaveBody(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2
                || request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    static Fault tooSlow() {
        return Fault.of(408, "Request Timeout", "The request did not arrive in time.");
    }
}
