package io.ringfence.policy.world;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready once policy was compiled from everything that was stored when the service started.
@Readiness
@ApplicationScoped
class WorldReadiness implements HealthCheck {
    private final WorldFeed feed;

    WorldReadiness(WorldFeed feed) {
        this.feed = feed;
    }

    @Override
    public HealthCheckResponse call() {
        String trouble = feed.trouble();
        var response = HealthCheckResponse.named("policy world").status(trouble.isEmpty());
        return trouble.isEmpty() ? response.build() : response.withData("trouble", trouble).build();
    }
}
