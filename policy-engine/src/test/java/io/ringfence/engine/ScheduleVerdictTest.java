package io.ringfence.engine;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rulesets that hold at certain times only. 2 November 2026 is a Monday.
class ScheduleVerdictTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    before it begins, a scheduled ruleset does not exist | rs r /acme/shop app=web cron=0_8_*_*_* for=60; in Allow app=api any | in web 10.0.0.2 tcp/80 2026-11-02T07:59:59Z | reject default@/acme
                    as it begins it holds | rs r /acme/shop app=web cron=0_8_*_*_* for=60; in Allow app=api any | in web 10.0.0.2 tcp/80 2026-11-02T08:00:00Z | allow r
                    it holds to the end | rs r /acme/shop app=web cron=0_8_*_*_* for=60; in Allow app=api any | in web 10.0.0.2 tcp/80 2026-11-02T08:59:59Z | allow r
                    at the end it is over | rs r /acme/shop app=web cron=0_8_*_*_* for=60; in Allow app=api any | in web 10.0.0.2 tcp/80 2026-11-02T09:00:00Z | reject default@/acme
                    the next day it begins again | rs r /acme/shop app=web cron=0_8_*_*_* for=60; in Allow app=api any | in web 10.0.0.2 tcp/80 2026-11-03T08:30:00Z | allow r
                    on working days | rs r /acme/shop app=web cron=0_8_*_*_1-5 for=600; in Allow app=api any | in web 10.0.0.2 tcp/80 2026-11-06T12:00:00Z | allow r
                    not at the weekend | rs r /acme/shop app=web cron=0_8_*_*_1-5 for=600; in Allow app=api any | in web 10.0.0.2 tcp/80 2026-11-07T12:00:00Z | reject default@/acme
                    over midnight | rs r /acme/shop app=web cron=0_22_*_*_* for=480; in Allow app=api any | in web 10.0.0.2 tcp/80 2026-11-03T05:59:00Z | allow r
                    past the end over midnight | rs r /acme/shop app=web cron=0_22_*_*_* for=480; in Allow app=api any | in web 10.0.0.2 tcp/80 2026-11-03T06:00:00Z | reject default@/acme
                    on the first of the month | rs r /acme/shop app=web cron=0_0_1_*_* for=1440; in Allow app=api any | in web 10.0.0.2 tcp/80 2026-12-01T23:59:00Z | allow r
                    not on the second | rs r /acme/shop app=web cron=0_0_1_*_* for=1440; in Allow app=api any | in web 10.0.0.2 tcp/80 2026-12-02T00:00:00Z | reject default@/acme
                    every quarter of an hour for five minutes | rs r /acme/shop app=web cron=*/15_*_*_*_* for=5; in Allow app=api any | in web 10.0.0.2 tcp/80 2026-11-02T09:49:59Z | allow r
                    between the quarters not | rs r /acme/shop app=web cron=*/15_*_*_*_* for=5; in Allow app=api any | in web 10.0.0.2 tcp/80 2026-11-02T09:50:00Z | reject default@/acme
                    until it expires it holds | rs r /acme/shop app=web until=2026-11-02T09:00:00Z; in Allow app=api any | in web 10.0.0.2 tcp/80 2026-11-02T08:59:59Z | allow r
                    as it expires it is over | rs r /acme/shop app=web until=2026-11-02T09:00:00Z; in Allow app=api any | in web 10.0.0.2 tcp/80 2026-11-02T09:00:00Z | reject default@/acme
                    expiry ends a schedule in the middle | rs r /acme/shop app=web cron=0_8_*_*_* for=60 until=2026-11-02T08:30:00Z; in Allow app=api any | in web 10.0.0.2 tcp/80 2026-11-02T08:30:00Z | reject default@/acme
                    and for good | rs r /acme/shop app=web cron=0_8_*_*_* for=60 until=2026-11-02T08:30:00Z; in Allow app=api any | in web 10.0.0.2 tcp/80 2026-11-03T08:30:00Z | reject default@/acme
                    before it expires the schedule still counts | rs r /acme/shop app=web cron=0_8_*_*_* for=60 until=2026-11-05T00:00:00Z; in Allow app=api any | in web 10.0.0.2 tcp/80 2026-11-02T10:00:00Z | reject default@/acme
                    a scheduled reject takes an allow away for an hour | rs a /acme/shop app=web; in Allow app=api any; rs b /acme/shop app=web cron=0_8_*_*_* for=60; in Reject app=api any | in web 10.0.0.2 tcp/80 2026-11-02T08:30:00Z | reject b
                    and gives it back | rs a /acme/shop app=web; in Allow app=api any; rs b /acme/shop app=web cron=0_8_*_*_* for=60; in Reject app=api any | in web 10.0.0.2 tcp/80 2026-11-02T09:30:00Z | allow a
                    a fallback steps back while the schedule lasts | rs f /acme/shop app=web fallback; in Allow app=api any; rs b /acme/shop app=web cron=0_8_*_*_* for=60; in Allow app=db any | in web 10.0.0.2 tcp/80 2026-11-02T08:30:00Z | reject default@/acme
                    and comes back after it | rs f /acme/shop app=web fallback; in Allow app=api any; rs b /acme/shop app=web cron=0_8_*_*_* for=60; in Allow app=db any | in web 10.0.0.2 tcp/80 2026-11-02T09:30:00Z | allow f
                    observation keeps to the schedule too | rs b /acme/shop app=web cron=0_8_*_*_* for=60; in Allow app=api any observe | in web 10.0.0.2 tcp/80 2026-11-02T08:30:00Z | reject default@/acme observed allow b
                    a disabled ruleset stays disabled in its hours | rs r /acme/shop app=web disabled cron=0_8_*_*_* for=60; in Allow app=api any | in web 10.0.0.2 tcp/80 2026-11-02T08:30:00Z | reject default@/acme
                    """)
    void judges(String sentence, String extra, String question, String expected) {
        VerdictTable.check(sentence, extra, question, expected);
    }
}
