package io.ringfence.policy.share;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/// Taking part in the work.
@ConfigMapping(prefix = "ringfence.share")
interface ShareConfig {
    /// What this instance is called among the others. One that comes back under its name has its
    /// share at once. By default the host's name and the port.
    Optional<String> instance();

    /// For how long an instance may be silent before others take its share. The broker sets a lower
    /// limit.
    @WithDefault("6s")
    Duration patience();
}
