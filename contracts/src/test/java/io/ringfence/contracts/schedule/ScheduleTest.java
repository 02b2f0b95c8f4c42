package io.ringfence.contracts.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
    /// 2 November 2026 is a Monday.
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    before it begins                   | 0 8 * * 1-5   | 600    | 2026-11-02T07:59:59Z | false
                    as it begins                       | 0 8 * * 1-5   | 600    | 2026-11-02T08:00:00Z | true
                    before it ends                     | 0 8 * * 1-5   | 600    | 2026-11-02T17:59:59Z | true
                    as it ends                         | 0 8 * * 1-5   | 600    | 2026-11-02T18:00:00Z | false
                    not on a Sunday                    | 0 8 * * 1-5   | 600    | 2026-11-01T12:00:00Z | false
                    a Sunday by 0                      | 0 8 * * 0     | 600    | 2026-11-01T12:00:00Z | true
                    a Sunday by 7                      | 0 8 * * 7     | 600    | 2026-11-01T12:00:00Z | true
                    a Sunday by name                   | 0 8 * * Sun   | 600    | 2026-11-01T12:00:00Z | true
                    a range to Sunday                  | 0 8 * * 6-7   | 600    | 2026-11-01T12:00:00Z | true
                    over midnight                      | 0 22 * * 5    | 480    | 2026-11-07T05:59:00Z | true
                    past the end over midnight         | 0 22 * * 5    | 480    | 2026-11-07T06:00:00Z | false
                    over several days                  | 0 0 1 * *     | 14400  | 2026-11-10T23:59:00Z | true
                    past the end of several days       | 0 0 1 * *     | 14400  | 2026-11-11T00:00:00Z | false
                    every quarter of an hour           | */15 * * * *  | 5      | 2026-11-02T09:49:00Z | true
                    between the quarters               | */15 * * * *  | 5      | 2026-11-02T09:50:00Z | false
                    an hour without its minute yet     | 30 8,9 * * *  | 10     | 2026-11-02T09:05:00Z | false
                    the hour before still lasts        | 30 8,9 * * *  | 50     | 2026-11-02T09:05:00Z | true
                    a list of hours                    | 0 8,20 * * *  | 60     | 2026-11-02T20:30:00Z | true
                    steps in a range                   | 0 8-18/5 * * *| 60     | 2026-11-02T13:30:00Z | true
                    beside the steps                   | 0 8-18/5 * * *| 60     | 2026-11-02T14:30:00Z | false
                    a start with a step                | 5/20 * * * *  | 1      | 2026-11-02T14:45:00Z | true
                    a day by month or by week: week    | 0 0 13 * 5    | 60     | 2026-11-06T00:30:00Z | true
                    a day by month or by week: month   | 0 0 13 * 1    | 60     | 2026-11-13T00:30:00Z | true
                    a day by month or by week: neither | 0 0 13 * 5    | 60     | 2026-11-12T00:30:00Z | false
                    a month by name                    | 0 0 * dec *   | 60     | 2026-11-06T00:30:00Z | false
                    a leap day                         | 0 0 29 2 *    | 1440   | 2028-02-29T12:00:00Z | true
                    daily                              | @daily        | 60     | 2026-11-06T00:30:00Z | true
                    the last minute of a day           | 59 23 * * *   | 1      | 2026-11-06T23:59:30Z | true
                    a year                             | @yearly       | 527040 | 2026-12-31T23:59:00Z | true
                    """)
    void isActive(String sentence, String begins, long minutes, Instant instant, boolean active) {
        Schedule schedule = Schedule.of(begins, Duration.ofMinutes(minutes));

        assertThat(schedule.isActiveAt(instant)).as(sentence).isEqualTo(active);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0 8 * *         | five fields
                    0 8 * * * *     | five fields
                    @reboot         | five fields
                    60 8 * * *      | 60' is no minute
                    0 24 * * *      | 24' is no hour
                    0 8 0 * *       | 0' is no day of month
                    0 8 * 13 *      | 13' is no month
                    0 8 * * 8       | 8' is no day of week
                    0 8 * * foo     | foo' is no day of week
                    0 18-8 * * *    | 18-8' is no hour
                    */0 * * * *     | */0' is no minute
                    1,,2 * * * *    | is no minute
                    1-2-3 * * * *   | 1-2-3' is no minute
                    1/2/3 * * * *   | 1/2/3' is no minute
                    -1 * * * *      | -1' is no minute
                    """)
    void refusesWhatIsNoSchedule(String begins, String reason) {
        assertThatThrownBy(() -> Schedule.of(begins, Duration.ofHours(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void refusesWhatNeverBeginsOrNeverEnds() {
        assertThatThrownBy(() -> Schedule.of("@daily", Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Schedule.of("@daily", Duration.ofDays(367)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
