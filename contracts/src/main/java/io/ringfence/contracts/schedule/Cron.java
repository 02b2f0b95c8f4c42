package io.ringfence.contracts.schedule;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;

/// A cron expression: minute, hour, day of month, month, day of week. As in cron, a day counts if
/// either of its two fields names it, unless one of them is `*`.
public record Cron(BitSet minutes, BitSet hours, BitSet monthDays, BitSet months, BitSet weekDays) {
    private static final Map<String, String> SHORT =
            Map.of(
                    "@yearly", "0 0 1 1 *",
                    "@annually", "0 0 1 1 *",
                    "@monthly", "0 0 1 * *",
                    "@weekly", "0 0 * * 0",
                    "@daily", "0 0 * * *",
                    "@midnight", "0 0 * * *",
                    "@hourly", "0 * * * *");

    /// @throws IllegalArgumentException with a sentence for the client
    public static Cron parse(String text) {
        String[] fields = SHORT.getOrDefault(text, text).strip().split("\\s+");
        if (fields.length != 5) {
            throw new IllegalArgumentException(
                    "a schedule has five fields, minute hour day-of-month month day-of-week, like"
                            + " 0 8 * * 1-5");
        }
        Cron cron =
                new Cron(
                        CronField.MINUTE.numbers(fields[0]),
                        CronField.HOUR.numbers(fields[1]),
                        CronField.DAY_OF_MONTH.numbers(fields[2]),
                        CronField.MONTH.numbers(fields[3]),
                        CronField.DAY_OF_WEEK.numbers(fields[4]));
        if (!cron.everFires()) {
            throw new IllegalArgumentException(
                    "'%s' never fires: none of these months has such a day".formatted(text));
        }
        return cron;
    }

    /// The 30th of February never comes; a day of the week does in every month.
    private boolean everFires() {
        return isEitherDay()
                || months.stream()
                        .anyMatch(month -> monthDays.nextSetBit(0) <= Month.of(month).maxLength());
    }

    /// The last time it fired, `until` included, as long as that was not before `earliest`.
    Optional<LocalDateTime> last(LocalDateTime until, LocalDateTime earliest) {
        LocalDate firstDay = earliest.toLocalDate();
        LocalDate today = until.toLocalDate();
        for (LocalDate day = today; !day.isBefore(firstDay); day = day.minusDays(1)) {
            if (fires(day)) {
                int limit = day.equals(today) ? until.getHour() * 60 + until.getMinute() : 24 * 60;
                Optional<LocalDateTime> last = last(day, limit);
                if (last.isPresent()) {
                    return last.filter(found -> !found.isBefore(earliest));
                }
            }
        }
        return Optional.empty();
    }

    /// The first time it fires after `from`, as long as that is not after `latest`.
    Optional<LocalDateTime> next(LocalDateTime from, LocalDateTime latest) {
        LocalDate today = from.toLocalDate();
        LocalDate lastDay = latest.toLocalDate();
        for (LocalDate day = today; !day.isAfter(lastDay); day = day.plusDays(1)) {
            if (fires(day)) {
                int limit = day.equals(today) ? from.getHour() * 60 + from.getMinute() + 1 : 0;
                Optional<LocalDateTime> next = next(day, limit);
                if (next.isPresent()) {
                    return next.filter(found -> !found.isAfter(latest));
                }
            }
        }
        return Optional.empty();
    }

    /// @param limit minutes since midnight, included
    private Optional<LocalDateTime> next(LocalDate day, int limit) {
        for (int hour = hours.nextSetBit(limit / 60);
                hour >= 0;
                hour = hours.nextSetBit(hour + 1)) {
            int minute = minutes.nextSetBit(Math.max(0, limit - hour * 60));
            if (minute >= 0) {
                return Optional.of(day.atTime(hour, minute));
            }
        }
        return Optional.empty();
    }

    /// From one firing to the next at most this long, as long as every day counts.
    Duration longestPause() {
        LocalDateTime first = LocalDate.EPOCH.atTime(hours.nextSetBit(0), minutes.nextSetBit(0));
        LocalDateTime tomorrow = first.plusDays(1);
        Duration longest = Duration.ZERO;
        LocalDateTime at = first;
        while (at.isBefore(tomorrow)) {
            LocalDateTime next =
                    next(at.toLocalDate(), at.getHour() * 60 + at.getMinute() + 1)
                            .filter(found -> found.isBefore(tomorrow))
                            .orElse(tomorrow);
            Duration pause = Duration.between(at, next);
            longest = pause.compareTo(longest) > 0 ? pause : longest;
            at = next;
        }
        return longest;
    }

    /// @param limit minutes since midnight, included
    private Optional<LocalDateTime> last(LocalDate day, int limit) {
        for (int hour = hours.previousSetBit(Math.min(23, limit / 60));
                hour >= 0;
                hour = hours.previousSetBit(hour - 1)) {
            int minute = minutes.previousSetBit(Math.min(59, limit - hour * 60));
            if (minute >= 0) {
                return Optional.of(day.atTime(hour, minute));
            }
        }
        return Optional.empty();
    }

    boolean fires(LocalDate day) {
        if (!months.get(day.getMonthValue())) {
            return false;
        }
        boolean byMonth = monthDays.get(day.getDayOfMonth());
        boolean byWeek = weekDays.get(day.getDayOfWeek().getValue() % 7);
        return isEitherDay() ? byMonth || byWeek : byMonth && byWeek;
    }

    private boolean isEitherDay() {
        return monthDays.cardinality() < 31 && weekDays.cardinality() < 8;
    }
}
