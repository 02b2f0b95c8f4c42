package io.ringfence.gateway.route;

import io.ringfence.contracts.identity.Header;
import io.ringfence.contracts.index.Access;
import io.ringfence.gateway.authenticate.ClientCertificate;
import io.ringfence.protocol.error.Fault;
import io.ringfence.trust.assertion.Assertion;
import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One request on its way to a service and back. When the connection breaks before any byte of the
/// answer, a request that may be repeated is sent once more: reading ones, and writing ones with an
/// idempotency key, by which the service knows the second for the first.
final class Forwarding {
    private static final Logger LOG = Logger.getLogger(Forwarding.class);
    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized(Header.REQUEST_ID);
    private static final CharSequence REMOTE_ADDRESS =
            HttpHeaders.createOptimized(Header.REMOTE_ADDRESS);
    private static final int MAX_SMALL_BYTES = 16 << 10;
    private static final int MAX_SMALL_DIGITS = 5;
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final Set<String> KEYED = Set.of("POST", "PUT", "PATCH");

    private final Upstreams upstreams;
    private final Exchange exchange;
    private final Resource resource;
    private final Assertion assertion;
    private final Optional<ClientCertificate> certificate;
    private final String remoteAddress;
    private final BodyRelay body;
    private @Nullable HttpClientRequest underWay;
    private boolean repeated;

    Forwarding(
            Upstreams upstreams,
            Exchange exchange,
            Resource resource,
            Assertion assertion,
            Optional<ClientCertificate> certificate,
            String remoteAddress,
            BodyRelay body) {
        this.upstreams = upstreams;
        this.exchange = exchange;
        this.resource = resource;
        this.assertion = assertion;
        this.certificate = certificate;
        this.remoteAddress = remoteAddress;
        this.body = body;
    }

    void start() {
        exchange.whenOver(complete -> {
            HttpClientRequest open = underWay;
            if (!complete && open != null) {
                open.reset();
            }
        });
        attempt();
    }

    private void attempt() {
        String query = exchange.request().query();
        upstreams
                .open(
                        resource.service(),
                        assertion.path() + (query == null ? "" : "?" + query),
                        assertion)
                .onFailure(this::fail)
                .onSuccess(this::send);
    }

    private void send(HttpClientRequest upstream) {
        underWay = upstream;
        HopHeaders.copyRequest(exchange.request().headers(), upstream.headers());
        upstream.putHeader(REQUEST_ID, exchange.requestId());
        upstream.putHeader(REMOTE_ADDRESS, remoteAddress);
        certificate.ifPresent(
                shown -> upstream.putHeader(Header.CLIENT_CERTIFICATE, shown.headerValue()));
        if (resource.access() == Access.AUTHENTICATED) {
            passCredential(exchange.request(), upstream);
        }
        upstream.exceptionHandler(broken -> LOG.debugf("%s: %s", exchange.requestId(), broken));
        upstream.response().onFailure(this::lost).onSuccess(this::answer);
        body.sendTo(upstream);
    }

    private void lost(Throwable failure) {
        if (!repeated && isBrokenConnection(failure) && mayRepeat()) {
            repeated = true;
            LOG.debugf("%s: once more after: %s", exchange.requestId(), failure);
            attempt();
        } else {
            fail(failure);
        }
    }

    private boolean mayRepeat() {
        boolean keyed =
                KEYED.contains(exchange.method())
                        && exchange.request().headers().contains(Header.IDEMPOTENCY_KEY);
        return (READING.contains(exchange.method()) || keyed)
                && body.isAtHand()
                && !exchange.response().ended()
                && !exchange.response().closed();
    }

    private static boolean isBrokenConnection(Throwable failure) {
        return failure instanceof HttpClosedException || failure instanceof IOException;
    }

    /// `/authn` is about the credential itself.
    private static void passCredential(HttpServerRequest request, HttpClientRequest upstream) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        Cookie cookie = request.getCookie(Header.TOKEN_COOKIE);
        if (authorization != null) {
            upstream.putHeader(HttpHeaders.AUTHORIZATION, authorization);
        } else if (cookie != null) {
            upstream.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + cookie.getValue());
        }
    }

    private void answer(HttpClientResponse from) {
        HttpServerResponse to = exchange.response();
        if (to.ended() || to.closed()) {
            from.request().reset();
            return;
        }
        to.setStatusCode(from.statusCode());
        HopHeaders.copyResponse(from.headers(), to.headers());
        boolean bodiless =
                from.statusCode() == 204
                        || from.statusCode() == 304
                        || exchange.method().equals("HEAD");
        if (!bodiless
                && !to.headers().contains(HttpHeaders.CONTENT_LENGTH)
                && exchange.request().version() == HttpVersion.HTTP_1_1) {
            to.setChunked(true);
        }
        if (bodiless) {
            from.resume();
            to.end();
            return;
        }
        Future<Void> answered = isSmall(from) ? from.body().compose(to::end) : from.pipeTo(to);
        answered.onFailure(failure -> {
            LOG.debugf("%s: answer broke off: %s", exchange.requestId(), failure);
            exchange.abort();
        });
    }

    /// Whether it is handed back in one piece: one record of TLS and one call of the kernel, where
    /// streaming makes several.
    private static boolean isSmall(HttpClientResponse from) {
        String length = from.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null
                && length.length() <= MAX_SMALL_DIGITS
                && Integer.parseInt(length) <= MAX_SMALL_BYTES;
    }

    private void fail(Throwable failure) {
        String name = resource.service().processName();
        LOG.debugf("%s: %s: %s", exchange.requestId(), name, failure);
        if (exchange.response().ended()) {
            return;
        }
        if (failure instanceof TimeoutException && !exchange.request().isEnded()) {
            exchange.refuse(Limits.tooSlow());
        } else if (failure instanceof TimeoutException) {
            exchange.refuse(
                    Fault.of(504, "Gateway Timeout", name + " did not answer in time. Try again."));
        } else {
            if (!exchange.response().headWritten()) {
                exchange.response().putHeader("Retry-After", "1");
            }
            exchange.refuse(
                    Fault.of(503, "Service Unavailable", name + " is not reachable. Try again."));
        }
    }
}
