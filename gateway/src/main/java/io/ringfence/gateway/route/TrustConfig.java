package io.ringfence.gateway.route;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/// Who the gateway is, and whose word it takes.
@ConfigMapping(prefix = "ringfence.trust")
public interface TrustConfig {
    /// The console's root certificate, PEM.
    Path authority();

    Path certificate();

    Path key();
}
