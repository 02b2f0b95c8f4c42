package io.ringfence.metrics.read;

import io.smallrye.config.ConfigMapping;
import java.net.URI;

/// Where the time series are.
@ConfigMapping(prefix = "ringfence.victoria-metrics")
interface StoreConfig {
    URI url();
}
