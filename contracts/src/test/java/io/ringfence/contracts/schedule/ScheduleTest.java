package io.ringfence.contracts.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                    0 0 30 2 *      | never fires
                    0 0 31 4,6,9,11 * | never fires
                    """)
    void refusesWhatIsNoSchedule(String begins, String reason) {
        assertThatThrownBy(() -> Schedule.of(begins, Duration.ofHours(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    it begins                                   | 0 8 * * 1-5     | 600    | 2026-11-02T07:59:59Z | 2026-11-02T08:00:00Z
                    it ends                                     | 0 8 * * 1-5     | 600    | 2026-11-02T08:00:00Z | 2026-11-02T18:00:00Z
                    as it ends, it begins the next day          | 0 8 * * 1-5     | 600    | 2026-11-02T18:00:00Z | 2026-11-03T08:00:00Z
                    over the weekend                            | 0 8 * * 1-5     | 600    | 2026-11-06T18:00:00Z | 2026-11-09T08:00:00Z
                    seconds do not matter                       | 0 8 * * *       | 60     | 2026-11-02T08:30:30.5Z | 2026-11-02T09:00:00Z
                    it begins again as it ends: no change       | 0 8,9 * * *     | 60     | 2026-11-02T08:30:00Z | 2026-11-02T10:00:00Z
                    it begins again before it ends              | 0 8,9 * * *     | 90     | 2026-11-02T08:30:00Z | 2026-11-02T10:30:00Z
                    one minute is missing                       | 0 8,9 * * *     | 59     | 2026-11-02T08:30:00Z | 2026-11-02T08:59:00Z
                    over midnight                               | 0 22 * * 5      | 480    | 2026-11-06T23:00:00Z | 2026-11-07T06:00:00Z
                    always on a Monday                          | * * * * 1       | 1      | 2026-11-02T12:00:00Z | 2026-11-03T00:00:00Z
                    always on two days and a bit                | */5 * * * 1,2   | 10     | 2026-11-02T12:00:00Z | 2026-11-04T00:05:00Z
                    always until December                       | * * * 1-11 *    | 2      | 2026-01-01T00:00:00Z | 2026-12-01T00:01:00Z
                    days that join                              | 0 0 1-5 * *     | 1440   | 2026-11-02T12:00:00Z | 2026-11-06T00:00:00Z
                    always, by a minute that always comes       | * * * * *       | 1      | 2026-11-02T12:00:00Z |
                    always, by a day that lasts a day           | @daily          | 1440   | 2026-11-02T12:00:00Z |
                    always, by a year that lasts longer         | @yearly         | 527040 | 2026-11-02T12:00:00Z |
                    the next leap day                           | 0 0 29 2 *      | 60     | 2026-11-02T12:00:00Z | 2028-02-29T00:00:00Z
                    """)
    void nextChanges(String sentence, String begins, long minutes, Instant at, Instant change) {
        Schedule schedule = Schedule.of(begins, Duration.ofMinutes(minutes));

        assertThat(schedule.nextChange(at)).as(sentence).isEqualTo(Optional.ofNullable(change));
    }

    /// Every minute of a week, asked one by one.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/7 * * * *",
                "0 8 * * 1-5",
                "30 8-18/5 * * *",
                "0,1,2 0 * * 0",
                "59 23 * * 3",
                "* * * * 2"
            })
    void changesWhereItSaysAndNowhereElse(String begins) {
        for (int minutes : new int[] {1, 6, 7, 8, 300, 1440, 2000}) {
            Schedule schedule = Schedule.of(begins, Duration.ofMinutes(minutes));
            Instant monday = Instant.parse("2026-11-02T00:00:00Z");
            Optional<Instant> change = schedule.nextChange(monday);
            for (int minute = 1; minute < 7 * 1440; minute++) {
                Instant at = monday.plusSeconds(60L * minute);
                boolean changed =
                        schedule.isActiveAt(at) != schedule.isActiveAt(at.minusSeconds(60));
                assertThat(change.equals(Optional.of(at)))
                        .as("%s for %d minutes at %s", begins, minutes, at)
                        .isEqualTo(changed);
                change = changed ? schedule.nextChange(at) : change;
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    before it expires                    | 2026-11-02T08:30:00Z | 2026-11-02T08:29:59Z | true  | 2026-11-02T08:30:00Z
                    as it expires                        | 2026-11-02T08:30:00Z | 2026-11-02T08:30:00Z | false |
                    it does not begin again              | 2026-11-02T08:30:00Z | 2026-11-03T07:00:00Z | false |
                    the schedule ends first              | 2026-11-05T08:30:00Z | 2026-11-02T08:30:00Z | true  | 2026-11-02T09:00:00Z
                    outside its schedule, not yet expired| 2026-11-05T08:30:00Z | 2026-11-02T10:00:00Z | false | 2026-11-03T08:00:00Z
                    it never expires                     |                      | 2026-11-02T10:00:00Z | false | 2026-11-03T08:00:00Z
                    """)
    void isValid(String sentence, Instant expires, Instant at, boolean active, Instant change) {
        Validity validity =
                new Validity(
                        Optional.of(Schedule.of("0 8 * * *", Duration.ofHours(1))),
                        Optional.ofNullable(expires));

        assertThat(validity.isActiveAt(at)).as(sentence).isEqualTo(active);
        assertThat(validity.nextChange(at)).as(sentence).isEqualTo(Optional.ofNullable(change));
    }

    @Test
    void isAlwaysValidWithoutScheduleAndExpiry() {
        assertThat(Validity.ALWAYS.isActiveAt(Instant.MAX)).isTrue();
        assertThat(Validity.ALWAYS.nextChange(Instant.EPOCH)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a leap day comes every four years  | 0 0 29 2 *
                    one of the months has the day      | 0 0 31 4,5 *
                    a day of the week comes anyway     | 0 0 31 2 1
                    """)
    void takesWhatFiresSeldom(String sentence, String begins) {
        assertThat(Schedule.of(begins, Duration.ofHours(1)).begins()).as(sentence).isNotNull();
    }

    @Test
    void refusesWhatNeverBeginsOrNeverEnds() {
        assertThatThrownBy(() -> Schedule.of("@daily", Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Schedule.of("@daily", Duration.ofDays(367)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
