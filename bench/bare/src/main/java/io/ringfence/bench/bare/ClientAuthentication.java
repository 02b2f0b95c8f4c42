package io.ringfence.bench.bare;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/// Quarkus fixes this when it builds; here one build is both hops.
@ApplicationScoped
public class ClientAuthentication implements HttpServerOptionsCustomizer {
    private final BareConfig config;

    ClientAuthentication(BareConfig config) {
        this.config = config;
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        options.setClientAuth(config.clientAuth());
    }
}
