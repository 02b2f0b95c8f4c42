package io.ringfence.flowingest.start;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready while records can move from Kafka to VictoriaMetrics.
@Readiness
@ApplicationScoped
class IngestReadiness implements HealthCheck {
    private final IngestService service;

    IngestReadiness(IngestService service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        String trouble = service.trouble();
        var response = HealthCheckResponse.named("flow ingest").status(trouble.isEmpty());
        return trouble.isEmpty() ? response.build() : response.withData("trouble", trouble).build();
    }
}
