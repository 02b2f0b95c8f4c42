package io.ringfence.enforcer.receive;

import java.time.Duration;

/// @param pingEvery how often the enforcer asks the gateway for a sign of life
/// @param silence without any frame for so long, the connection is taken for dead
/// @param firstWait before the first reconnect
/// @param longestWait between reconnects
/// @param receiptPause between receipts that tell of directories only
public record StreamTiming(
        Duration pingEvery,
        Duration silence,
        Duration firstWait,
        Duration longestWait,
        Duration receiptPause) {
    public static final StreamTiming USUAL =
            new StreamTiming(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(15),
                    Duration.ofMillis(200),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(2));
}
