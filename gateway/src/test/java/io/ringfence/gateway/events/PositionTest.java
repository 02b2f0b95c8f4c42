package io.ringfence.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
    @Test
    void comesBackAsItWasWritten() {
        Position position = Position.of(Map.of(0, 0L, 5, 123_456_789_012L, 63, 1L));

        assertThat(Position.parse(position.text())).contains(position);
        assertThat(position.text()).matches("[A-Za-z0-9_-]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "AAAA", "****", "AQAAAAAAAAAAAA", "AQAA__________8"})
    void isNotMadeOfAnythingElse(String text) {
        assertThat(Position.parse(text)).isEmpty();
    }
}
