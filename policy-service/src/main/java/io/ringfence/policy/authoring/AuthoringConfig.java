package io.ringfence.policy.authoring;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

@ConfigMapping(prefix = "ringfence.policy")
interface AuthoringConfig {
    /// Addresses of the console itself, which no processing unit may claim.
    Optional<List<String>> consoleAddresses();
}
