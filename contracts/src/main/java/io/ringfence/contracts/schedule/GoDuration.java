package io.ringfence.contracts.schedule;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as Go writes them: `1h30m`, `-24h`, `1.5s`, `300ms`.
public final class GoDuration {
    private static final Pattern WHOLE =
            Pattern.compile("([+-]?)((?:\\d{1,12}(?:\\.\\d{1,9})?(?:h|ms|m|s|us|µs|ns))+)");
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(h|ms|m|s|us|µs|ns)");

    private GoDuration() {}

    /// @throws IllegalArgumentException if it is none
    public static Duration parse(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Matcher whole = WHOLE.matcher(text);
        if (!whole.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not a duration; write 90s, 1h30m or -24h".formatted(text));
        }
        double nanos = 0;
        Matcher part = PART.matcher(whole.group(2));
        while (part.find()) {
            nanos += Double.parseDouble(part.group(1)) * nanosOf(part.group(2));
        }
        if (nanos > Long.MAX_VALUE / 2.0) {
            throw new IllegalArgumentException("'%s' is too long a duration".formatted(text));
        }
        Duration duration = Duration.ofNanos(Math.round(nanos));
        return whole.group(1).equals("-") ? duration.negated() : duration;
    }

    private static double nanosOf(String unit) {
        return switch (unit) {
            case "h" -> 3_600e9;
            case "m" -> 60e9;
            case "s" -> 1e9;
            case "ms" -> 1e6;
            case "us", "µs" -> 1e3;
            default -> 1;
        };
    }
}
