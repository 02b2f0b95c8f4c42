package io.ringfence.policy.publish;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/// Who this service is, and by whose word.
@ConfigMapping(prefix = "ringfence.trust")
interface TrustConfig {
    /// The console's root certificate.
    Path authority();

    /// This service's certificate, which travels with every policy.
    Path certificate();

    /// Its key, EC P-256 in PKCS#8, which signs them.
    Path key();
}
