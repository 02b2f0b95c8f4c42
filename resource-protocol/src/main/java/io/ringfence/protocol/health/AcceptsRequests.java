package io.ringfence.protocol.health;

import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready once the service's own port is open: the management port, where this is asked, opens
/// before it.
@Readiness
@ApplicationScoped
class AcceptsRequests implements HealthCheck {
    private volatile boolean accepts;

    void opened(@ObservesAsync HttpServerStart plain) {
        accepts = true;
    }

    void openedWithTls(@ObservesAsync HttpsServerStart tls) {
        accepts = true;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("requests are accepted").status(accepts).build();
    }
}
