package io.ringfence.contracts.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/// Begins whenever its cron expression fires, in UTC, and then lasts. To the minute, like cron.
///
/// @param lasts at least a minute, at most 366 days; a longer one would never end
public record Schedule(Cron begins, Duration lasts) {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final int HORIZON_YEARS = 8;

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

    /// The first instant after this one from which [#isActiveAt] says something else. Empty if
    /// there is none within eight years: the longest that leap days can be apart.
    public Optional<Instant> nextChange(Instant after) {
        LocalDateTime now = LocalDateTime.ofInstant(after, ZoneOffset.UTC);
        LocalDateTime horizon = now.plusYears(HORIZON_YEARS);
        Optional<LocalDateTime> change =
                isActiveAt(after) ? end(now, horizon) : begins.next(now, horizon);
        return change.map(at -> at.toInstant(ZoneOffset.UTC));
    }

    /// While it is active: the first end at which it has not begun again.
    private Optional<LocalDateTime> end(LocalDateTime now, LocalDateTime horizon) {
        LocalDateTime began = begins.last(now, now.minus(lasts)).orElseThrow();
        if (begins.longestPause().compareTo(lasts) <= 0) {
            began = began.toLocalDate().atStartOfDay();
            while (begins.fires(began.toLocalDate()) && began.isBefore(horizon)) {
                began = began.plusDays(1);
            }
            began = begins.last(began.minusMinutes(1), began.minusDays(1)).orElseThrow();
        }
        while (began.isBefore(horizon)) {
            LocalDateTime end = began.plus(lasts);
            LocalDateTime again = begins.last(end, began).orElseThrow();
            if (again.equals(began)) {
                return Optional.of(end);
            }
            began = again;
        }
        return Optional.empty();
    }
}
