package io.ringfence.gateway.remember;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RememberedTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    private final Remembered<String, String> remembered =
            new Remembered<>(2, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void remembersUntilTheEnd() {
        remembered.put("later", "yes", NOW.plusMillis(1));
        remembered.put("now", "no", NOW);

        assertThat(remembered.get("later")).contains("yes");
        assertThat(remembered.get("now")).isEmpty();
    }

    @Test
    void forgetsTheLeastRecentlyUsed() {
        remembered.put("a", "1", NOW.plusSeconds(1));
        remembered.put("b", "2", NOW.plusSeconds(1));
        assertThat(remembered.get("a")).isPresent();
        remembered.put("c", "3", NOW.plusSeconds(1));

        assertThat(remembered.get("b")).isEmpty();
        assertThat(remembered.get("a")).contains("1");
        assertThat(remembered.size()).isEqualTo(2);
    }
}
