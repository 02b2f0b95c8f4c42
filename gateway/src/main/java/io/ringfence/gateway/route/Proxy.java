package io.ringfence.gateway.route;

import io.ringfence.contracts.identity.Header;
import io.ringfence.contracts.index.Access;
import io.ringfence.gateway.authenticate.ClientCertificate;
import io.ringfence.protocol.error.Fault;
import io.ringfence.trust.assertion.Assertion;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/// Hands a request on and its answer back, streaming both.
@ApplicationScoped
public class Proxy {
    private static final Logger LOG = Logger.getLogger(Proxy.class);

    private final Upstreams upstreams;
    private final RouteConfig config;

    Proxy(Upstreams upstreams, RouteConfig config) {
        this.upstreams = upstreams;
        this.config = config;
    }

    void forward(
            Exchange exchange,
            Resource resource,
            Assertion assertion,
            Optional<ClientCertificate> certificate) {
        HttpServerRequest request = exchange.request();
        String query = request.query();
        String path = assertion.path() + (query == null ? "" : "?" + query);
        upstreams
                .open(resource.service(), path, assertion)
                .onFailure(failure -> fail(exchange, resource, failure))
                .onSuccess(upstream -> {
                    HopHeaders.copyRequest(request.headers(), upstream.headers());
                    upstream.putHeader("X-Request-ID", exchange.requestId());
                    certificate.ifPresent(shown ->
                            upstream.putHeader(Header.CLIENT_CERTIFICATE, shown.headerValue()));
                    if (resource.access() == Access.AUTHENTICATED) {
                        passCredential(request, upstream);
                    }
                    exchange.whenOver(complete -> {
                        if (!complete) {
                            upstream.reset();
                        }
                    });
                    upstream.exceptionHandler(
                            broken -> LOG.debugf("%s: %s", exchange.requestId(), broken));
                    upstream.response()
                            .onFailure(failure -> fail(exchange, resource, failure))
                            .onSuccess(response -> answer(exchange, response));
                    new BodyRelay(exchange, upstream, config.maxBody().asLongValue()).start();
                });
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

    private static void answer(Exchange exchange, HttpClientResponse from) {
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
        from.pipeTo(to)
                .onFailure(failure -> {
                    LOG.debugf("%s: answer broke off: %s", exchange.requestId(), failure);
                    exchange.abort();
                });
    }

    private static void fail(Exchange exchange, Resource resource, Throwable failure) {
        String name = resource.service().processName();
        LOG.debugf("%s: %s: %s", exchange.requestId(), name, failure);
        if (exchange.response().ended()) {
            return;
        }
        if (failure instanceof TimeoutException) {
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
