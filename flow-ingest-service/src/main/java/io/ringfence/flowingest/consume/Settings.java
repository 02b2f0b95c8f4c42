package io.ringfence.flowingest.consume;

import java.time.Duration;

/// How the loop keeps its books.
///
/// @param commitBehind how long a record must have been written before its offset is committed
/// @param commitEvery how often that is looked at
public record Settings(Duration commitBehind, Duration commitEvery) {
    /// VictoriaMetrics 1.79.5 loses up to 15 s when killed.
    private static final Duration LEAST_BEHIND = Duration.ofSeconds(15);

    public Settings {
        if (commitBehind.compareTo(LEAST_BEHIND) < 0) {
            throw new IllegalArgumentException(
                    "ringfence.flow-ingest.commit-behind=%s is too short; use %s or more, 60s is usual."
                            .formatted(commitBehind, LEAST_BEHIND));
        }
    }
}
