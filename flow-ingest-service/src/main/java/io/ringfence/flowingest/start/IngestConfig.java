package io.ringfence.flowingest.start;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How ingest behaves.
@ConfigMapping(prefix = "ringfence.flow-ingest")
interface IngestConfig {
    /// How long a record must have been written before its offset is committed.
    @WithDefault("60s")
    Duration commitBehind();

    /// How often that is looked at.
    @WithDefault("5s")
    Duration commitEvery();
}
