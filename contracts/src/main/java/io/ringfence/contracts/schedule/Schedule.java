package io.ringfence.contracts.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// Begins whenever its cron expression fires, in UTC, and then lasts. To the minute, like cron.
///
/// @param lasts at least a minute, at most 366 days; a longer one would never end
public record Schedule(Cron begins, Duration lasts) {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(366);

    /// @throws IllegalArgumentException with a sentence for the client
    public Schedule {
        if (lasts.compareTo(SHORTEST) < 0 || lasts.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "a schedule lasts for at least 1m and at most 8784h (366 days)");
        }
    }

    /// @param begins minute, hour, day of month, month, day of week: `0 8 * * 1-5`
    /// @throws IllegalArgumentException with a sentence for the client
    public static Schedule of(String begins, Duration lasts) {
        return new Schedule(Cron.parse(begins), lasts);
    }

    /// Active from the beginning, included, to the end, excluded.
    public boolean isActiveAt(Instant instant) {
        LocalDateTime now = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        return begins.last(now, now.minus(lasts))
                .filter(began -> now.isBefore(began.plus(lasts)))
                .isPresent();
    }
}
