package io.ringfence.enforcer.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.enforcer.dataplane.Direction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogPrefixTest {
    @Test
    void readsWhatTheRulesWrite() {
        assertThat(LogPrefix.parse("rf in 3 12"))
                .contains(new LogPrefix(Direction.INCOMING, 3, 12));
        assertThat(LogPrefix.parse("rf out 0 254"))
                .contains(new LogPrefix(Direction.OUTGOING, 0, 254));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rf",
                "rf in 3",
                "rf in x 12",
                "xx in 3 12",
                "rf in 3 12 4",
                "rf up 3 12",
                "rf in -1 12"
            })
    void refusesAnythingElse(String text) {
        assertThat(LogPrefix.parse(text)).isEmpty();
    }
}
