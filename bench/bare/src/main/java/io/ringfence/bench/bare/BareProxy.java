package io.ringfence.bench.bare;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// The least that a hop in between can do: hand on whatever comes, and whatever comes back. A body
/// has its length said. Its connections are those of the gateway: mutual TLS, the host's name
/// checked, kept open, for each event loop its own.
@ApplicationScoped
public class BareProxy {
    private static final int CONNECTIONS = 64;

    private final Vertx vertx;
    private final BareConfig config;
    private final ThreadLocal<HttpClient> ofEventLoop = ThreadLocal.withInitial(this::newClient);

    BareProxy(Vertx vertx, BareConfig config) {
        this.vertx = vertx;
        this.config = config;
    }

    void open(@Observes Router router) {
        config.upstream()
                .ifPresent(to ->
                        router.route()
                                .order(Integer.MIN_VALUE)
                                .handler(routing -> handOn(routing.request(), to)));
    }

    private void handOn(HttpServerRequest request, URI to) {
        if (!Context.isOnEventLoopThread()) {
            throw new IllegalStateException("a request arrives on an event loop");
        }
        request.pause();
        ofEventLoop
                .get()
                .request(
                        new RequestOptions()
                                .setHost(to.getHost())
                                .setPort(to.getPort())
                                .setMethod(request.method())
                                .setURI(request.uri()))
                .compose(upstream -> {
                    upstream.headers().addAll(request.headers()).remove(HttpHeaders.HOST);
                    return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                            ? upstream.send(request)
                            : upstream.send();
                })
                .onSuccess(answer -> handBack(answer, request.response()))
                .onFailure(broken -> request.response().setStatusCode(502).end());
    }

    private static void handBack(HttpClientResponse from, HttpServerResponse to) {
        to.setStatusCode(from.statusCode());
        to.headers().addAll(from.headers());
        from.pipeTo(to);
    }

    private HttpClient newClient() {
        return vertx.createHttpClient(
                new HttpClientOptions()
                        .setSsl(true)
                        .setVerifyHost(true)
                        .setKeyCertOptions(
                                new PemKeyCertOptions()
                                        .addCertPath(text(config.certificate()))
                                        .addKeyPath(text(config.key())))
                        .setTrustOptions(
                                new PemTrustOptions().addCertPath(text(config.authority())))
                        .setKeepAliveTimeout(30)
                        .setTcpNoDelay(true),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    }

    private static String text(Optional<Path> path) {
        return path.map(Path::toString)
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "bare.upstream needs bare.authority, bare.certificate and bare.key"));
    }
}
