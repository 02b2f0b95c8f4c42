package io.ringfence.policy.share;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready once this instance takes part in the work, though there may be nothing left for it.
@Readiness
@ApplicationScoped
class ShareReadiness implements HealthCheck {
    private final Shares shares;

    ShareReadiness(Shares shares) {
        this.shares = shares;
    }

    @Override
    public HealthCheckResponse call() {
        String trouble = shares.trouble();
        var response = HealthCheckResponse.named("policy share").status(trouble.isEmpty());
        return trouble.isEmpty() ? response.build() : response.withData("trouble", trouble).build();
    }
}
