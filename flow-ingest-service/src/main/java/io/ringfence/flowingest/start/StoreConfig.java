package io.ringfence.flowingest.start;

import io.smallrye.config.ConfigMapping;
import java.net.URI;

/// Where the time series go.
@ConfigMapping(prefix = "ringfence.victoria-metrics")
interface StoreConfig {
    URI url();
}
