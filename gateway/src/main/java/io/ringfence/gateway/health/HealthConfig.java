package io.ringfence.gateway.health;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Map;

/// Whom to ask.
@ConfigMapping(prefix = "ringfence.gateway")
public interface HealthConfig {
    /// Name of a process to the address of its readiness, like
    /// `ringfence.gateway.health.identity-service=http://127.0.0.1:8201/q/health/ready`.
    Map<String, URI> health();
}
