package io.ringfence.cli.api;

import io.ringfence.cli.UserError;
import java.time.Duration;

/// Durations as people write them: `500ms`, `30s`, `2m`.
final class Durations {
    private Durations() {}

    static Duration parse(String text) {
        if (text.matches("\\d{1,6}ms")) {
            return Duration.ofMillis(number(text, 2));
        }
        if (text.matches("\\d{1,6}s")) {
            return Duration.ofSeconds(number(text, 1));
        }
        if (text.matches("\\d{1,4}m")) {
            return Duration.ofMinutes(number(text, 1));
        }
        throw new UserError("A duration is written 500ms, 30s or 2m; '%s' is not.".formatted(text));
    }

    static String text(Duration duration) {
        return duration.toMillis() % 1_000 == 0
                ? duration.toSeconds() + "s"
                : duration.toMillis() + "ms";
    }

    private static long number(String text, int unitLength) {
        return Long.parseLong(text.substring(0, text.length() - unitLength));
    }
}
