package io.ringfence.enforcer.agent;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as 5.0 writes them: `10s`, `1m30s`, `500ms`.
final class GoDuration {
    private static final Pattern WHOLE = Pattern.compile("([0-9]{1,9}(h|ms|m|s))+");
    private static final Pattern PART = Pattern.compile("([0-9]+)(h|ms|m|s)");

    private GoDuration() {}

    /// Empty when it is not one.
    static Optional<Duration> parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            return Optional.empty();
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            sum = sum.plus(of(Long.parseLong(part.group(1)), part.group(2)));
        }
        return Optional.of(sum);
    }

    private static Duration of(long amount, String unit) {
        return switch (unit) {
            case "h" -> Duration.ofHours(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "s" -> Duration.ofSeconds(amount);
            default -> Duration.ofMillis(amount);
        };
    }
}
