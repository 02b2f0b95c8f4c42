package io.ringfence.gateway.route;

import io.ringfence.contracts.identity.Header;
import io.ringfence.trust.assertion.Assertion;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import jakarta.inject.Singleton;
import java.net.ConnectException;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Connections to the services: mutual TLS, the host's name checked, kept open. Every request
/// carries an assertion.
@Singleton
public class Upstreams {
    private static final CharSequence NAMESPACE = HttpHeaders.createOptimized(Header.NAMESPACE);
    private static final long RETRY_AFTER_MILLISECONDS = 50;

    private final Vertx vertx;
    private final RouteConfig config;
    private final Assertions assertions;
    private final ThreadLocal<HttpClient> ofEventLoop;
    private final HttpClient ofOthers;
    private final Map<Service, URI> addresses = new EnumMap<>(Service.class);

    Upstreams(Vertx vertx, RouteConfig config, TrustConfig trust, Assertions assertions) {
        this.vertx = vertx;
        this.config = config;
        this.assertions = assertions;
        for (Service service : Service.values()) {
            addresses.put(service, address(config, service));
        }
        this.ofEventLoop = ThreadLocal.withInitial(() -> newClient(trust));
        this.ofOthers = newClient(trust);
    }

    /// Each event loop has a client of its own: a request that is answered over a connection of
    /// another loop changes threads twice.
    private HttpClient client() {
        return Context.isOnEventLoopThread() ? ofEventLoop.get() : ofOthers;
    }

    private HttpClient newClient(TrustConfig trust) {
        return vertx.createHttpClient(
                new HttpClientOptions()
                        .setSsl(true)
                        .setVerifyHost(true)
                        .setKeyCertOptions(
                                new PemKeyCertOptions()
                                        .addCertPath(trust.certificate().toString())
                                        .addKeyPath(trust.key().toString()))
                        .setTrustOptions(
                                new PemTrustOptions().addCertPath(trust.authority().toString()))
                        .setKeepAliveTimeout(30)
                        .setTcpNoDelay(true)
                        .setDecompressionSupported(false),
                new PoolOptions().setHttp1MaxSize(config.connectionsPerService()));
    }

    /// Opens a request; nothing is sent yet. Idempotent ones get a second chance when nobody
    /// listened.
    ///
    /// @param pathAndQuery the path must be the assertion's
    Future<HttpClientRequest> open(Service service, String pathAndQuery, Assertion assertion) {
        RequestOptions options = options(service, pathAndQuery, assertion);
        AssertionHeaders sealed = assertions.seal(service, assertion);
        boolean idempotent =
                !assertion.method().equals("POST") && !assertion.method().equals("PATCH");
        Future<HttpClientRequest> first = client().request(options);
        return (idempotent ? first.recover(failure -> again(options, failure)) : first)
                .map(request -> {
                    sealed.addTo(request);
                    return request.putHeader(NAMESPACE, assertion.namespace());
                });
    }

    /// A small call of the gateway's own on behalf of a caller.
    public Future<Answer> call(
            Service service, Assertion assertion, String contentType, Buffer body) {
        return open(service, assertion.path(), assertion)
                .compose(request -> {
                    request.putHeader("Content-Type", contentType);
                    return assertion.method().equals("GET") ? request.send() : request.send(body);
                })
                .compose(response ->
                        response.body().map(content -> new Answer(response.statusCode(), content)));
    }

    URI address(Service service) {
        return addresses.getOrDefault(service, URI.create(""));
    }

    /// What a service answered.
    public record Answer(int status, Buffer body) {}

    private RequestOptions options(Service service, String pathAndQuery, Assertion assertion) {
        URI address = address(service);
        return new RequestOptions()
                .setHost(address.getHost())
                .setPort(address.getPort())
                .setSsl(true)
                .setMethod(HttpMethod.valueOf(assertion.method()))
                .setURI(pathAndQuery)
                .setConnectTimeout(config.connectWithin().toMillis())
                .setIdleTimeout(config.answerWithin().toMillis());
    }

    private Future<HttpClientRequest> again(RequestOptions options, Throwable failure) {
        if (!(failure instanceof ConnectException)) {
            return Future.failedFuture(failure);
        }
        return vertx.timer(RETRY_AFTER_MILLISECONDS, TimeUnit.MILLISECONDS)
                .compose(waited -> client().request(options));
    }

    private static URI address(RouteConfig config, Service service) {
        URI address = config.services().get(service.key());
        String key = "ringfence.gateway.services." + service.key();
        if (address == null
                || !"https".equals(address.getScheme())
                || address.getHost() == null
                || address.getPort() < 0) {
            throw new IllegalArgumentException(
                    key + " has to be the service's address, like https://127.0.0.1:8101");
        }
        return address;
    }
}
