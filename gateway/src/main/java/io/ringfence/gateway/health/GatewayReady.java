package io.ringfence.gateway.health;

import io.quarkus.vertx.http.HttpsServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready once requests are accepted, with TLS; the namespaces and authorizations that existed at
/// the start are known; and policy changes are heard.
@Readiness
@ApplicationScoped
class GatewayReady implements HealthCheck {
    private final Probes probes;
    private volatile boolean accepts;

    GatewayReady(Probes probes) {
        this.probes = probes;
    }

    void opened(@ObservesAsync HttpsServerStart tls) {
        accepts = true;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("state of the console is read, requests are accepted")
                .status(accepts && probes.gatewayIsReady())
                .build();
    }
}
