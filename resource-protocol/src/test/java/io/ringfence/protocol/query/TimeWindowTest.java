package io.ringfence.protocol.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ringfence.protocol.error.ApiException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeWindowTest {
    private static final Clock NOON =
            Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 2026-11-23T11:00:00Z | 2026-11-23T12:00:00Z",
                "startRelative=-5m | 2026-11-23T11:55:00Z | 2026-11-23T12:00:00Z",
                "startRelative=5m | 2026-11-23T11:55:00Z | 2026-11-23T12:00:00Z",
                "startRelative=-9h5m endRelative=-9h | 2026-11-23T02:55:00Z | 2026-11-23T03:00:00Z",
                "endRelative=2h | 2026-11-23T09:00:00Z | 2026-11-23T10:00:00Z",
                "startAbsolute=2026-11-23T10:00:00Z endRelative=0s | 2026-11-23T10:00:00Z | 2026-11-23T12:00:00Z",
                "startAbsolute=2026-11-23T10:00:00.123456+02:00 endRelative=0s | 2026-11-23T08:00:00.123Z | 2026-11-23T12:00:00Z",
                "startAbsolute=2026-11-22 endAbsolute=2026-11-23 | 2026-11-22T00:00:00Z | 2026-11-23T00:00:00Z",
                "startAbsolute=2026-11-23T10:00:00Z endRelative=30m | 2026-11-23T10:00:00Z | 2026-11-23T11:30:00Z",
            })
    void reads(String parameters, Instant start, Instant end) {
        assertThat(TimeWindow.of(parsed(parameters), NOON)).isEqualTo(new TimeWindow(start, end));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "startRelative=yesterday",
                "startAbsolute=yesterday",
                "startAbsolute=2026-11-23T10:00:00Z startRelative=-5m",
                "endAbsolute=2026-11-23T10:00:00Z startAbsolute=2026-11-23T10:00:00Z",
                "startRelative=-5m endRelative=-10m",
                "startRelative=0",
                "startAbsolute=2026-11-23T10:00:00Z",
                "endAbsolute=2026-11-23T10:00:00Z",
            })
    void refuses(String parameters) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> TimeWindow.of(parsed(parameters), NOON))
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(400));
    }

    private static Map<String, List<String>> parsed(String parameters) {
        return Arrays.stream(parameters.split(" "))
                .filter(parameter -> !parameter.isEmpty())
                .map(parameter -> parameter.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> List.of(pair[1])));
    }
}
