package io.ringfence.gateway.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready once the namespaces and authorizations that existed at the start are known, and policy
/// changes are heard.
@Readiness
@ApplicationScoped
class GatewayReady implements HealthCheck {
    private final Probes probes;

    GatewayReady(Probes probes) {
        this.probes = probes;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("state of the console is read")
                .status(probes.gatewayIsReady())
                .build();
    }
}
