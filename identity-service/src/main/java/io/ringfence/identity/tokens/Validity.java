package io.ringfence.identity.tokens;

import io.ringfence.contracts.schedule.GoDuration;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import java.math.BigDecimal;
import java.time.Duration;

/// How long a token is asked to live. At least a second, because tokens count in seconds.
record Validity(Duration duration) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /// @throws ApiException 422 naming `validity`
    static Validity parse(String text) {
        Duration duration;
        try {
            duration = GoDuration.parse(text);
        } catch (IllegalArgumentException e) {
            throw Fault.invalid("validity", "Attribute 'validity': " + e.getMessage())
                    .asException();
        }
        if (duration.compareTo(SHORTEST) < 0) {
            throw Fault.invalid("validity", "Attribute 'validity' must be at least 1s")
                    .asException();
        }
        return new Validity(duration);
    }

    Validity atMost(Duration limit) {
        return duration.compareTo(limit) > 0 ? new Validity(limit) : this;
    }

    /// As Go prints it: `24h0m0s`, `30m0s`, `1.5s`.
    @Override
    public String toString() {
        String seconds =
                BigDecimal.valueOf(duration.toSecondsPart())
                                .add(BigDecimal.valueOf(duration.toNanosPart(), 9))
                                .stripTrailingZeros()
                                .toPlainString()
                        + "s";
        if (duration.toHours() > 0) {
            return duration.toHours() + "h" + duration.toMinutesPart() + "m" + seconds;
        }
        return duration.toMinutes() > 0 ? duration.toMinutes() + "m" + seconds : seconds;
    }
}
