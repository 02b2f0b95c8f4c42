package io.ringfence.engine.reference;

import io.ringfence.contracts.schedule.Cron;
import io.ringfence.contracts.schedule.Validity;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// Schedules, minute by minute.
final class Moments {
    private Moments() {}

    static boolean isValid(Validity validity, Instant now) {
        if (validity.expires().isPresent() && !now.isBefore(validity.expires().get())) {
            return false;
        }
        if (validity.schedule().isEmpty()) {
            return true;
        }
        Instant began = now.truncatedTo(ChronoUnit.MINUTES);
        while (began.plus(validity.schedule().get().lasts()).isAfter(now)) {
            if (fires(
                    validity.schedule().get().begins(),
                    LocalDateTime.ofInstant(began, ZoneOffset.UTC))) {
                return true;
            }
            began = began.minusSeconds(60);
        }
        return false;
    }

    private static boolean fires(Cron cron, LocalDateTime minute) {
        boolean dayOfMonth = cron.monthDays().get(minute.getDayOfMonth());
        boolean dayOfWeek = cron.weekDays().get(minute.getDayOfWeek().getValue() % 7);
        boolean everyDayOfMonth = cron.monthDays().cardinality() == 31;
        boolean everyDayOfWeek = cron.weekDays().cardinality() == 8;
        boolean day =
                everyDayOfMonth || everyDayOfWeek
                        ? dayOfMonth && dayOfWeek
                        : dayOfMonth || dayOfWeek;
        return day
                && cron.months().get(minute.getMonthValue())
                && cron.hours().get(minute.getHour())
                && cron.minutes().get(minute.getMinute());
    }
}
