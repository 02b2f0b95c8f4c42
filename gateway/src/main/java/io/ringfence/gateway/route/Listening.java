package io.ringfence.gateway.route;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/// Plain HTTP and TLS listen on different addresses.
@ApplicationScoped
public class Listening implements HttpServerOptionsCustomizer {
    private final RouteConfig config;

    Listening(RouteConfig config) {
        this.config = config;
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        options.setHost(config.tlsHost());
    }
}
