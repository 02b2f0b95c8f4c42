package io.ringfence.protocol.query;

import io.ringfence.contracts.schedule.GoDuration;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The time a question is about: from behind `start` up to and including `end`, both to the
/// millisecond. What lasted a while belongs to it if its last millisecond does.
public record TimeWindow(Instant start, Instant end) {
    public static final Set<String> PARAMETERS =
            Set.of("startAbsolute", "startRelative", "endAbsolute", "endRelative");
    private static final Duration USUAL = Duration.ofHours(1);

    /// Of the query parameters of `reference/api.md` §0: at least one relative bound or a complete
    /// pair. Relative times count back from now, with either sign. Without any it is the last hour;
    /// with one relative bound it ends now, or starts an hour before its end.
    ///
    /// @throws ApiException 400 if they cannot be read or contradict each other
    public static TimeWindow of(Map<String, List<String>> parameters, Clock clock) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        requirePair(parameters);
        Instant end = bound("end", parameters, now).orElse(now);
        Instant start = bound("start", parameters, now).orElse(end.minus(USUAL));
        if (!start.isBefore(end)) {
            throw bad("The time ends at %s, before it starts at %s".formatted(end, start));
        }
        return new TimeWindow(start, end);
    }

    private static void requirePair(Map<String, List<String>> parameters) {
        boolean start = first(parameters, "startAbsolute").isPresent();
        boolean end = first(parameters, "endAbsolute").isPresent();
        boolean relative =
                first(parameters, "startRelative").isPresent()
                        || first(parameters, "endRelative").isPresent();
        if (start != end && !relative) {
            throw bad(
                    "Parameter '%s' needs the other bound too, absolute or relative"
                            .formatted(start ? "startAbsolute" : "endAbsolute"));
        }
    }

    public long lengthMs() {
        return end.toEpochMilli() - start.toEpochMilli();
    }

    private static Optional<Instant> bound(
            String which, Map<String, List<String>> parameters, Instant now) {
        Optional<String> absolute = first(parameters, which + "Absolute");
        Optional<String> relative = first(parameters, which + "Relative");
        if (absolute.isPresent() && relative.isPresent()) {
            throw bad("Use either %sAbsolute or %sRelative".formatted(which, which));
        }
        return absolute.map(text -> instant(which, text))
                .or(() -> relative.map(text -> now.minus(duration(which, text).abs())));
    }

    private static Instant instant(String which, String text) {
        try {
            Instant instant =
                    text.length() == 10
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : OffsetDateTime.parse(text).toInstant();
            return Instant.ofEpochMilli(instant.toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            throw bad(
                    "Parameter '%sAbsolute' must be a time such as 2021-04-07T10:00:00Z"
                            .formatted(which));
        }
    }

    private static Duration duration(String which, String text) {
        try {
            return GoDuration.parse(text);
        } catch (IllegalArgumentException e) {
            throw bad("Parameter '%sRelative' must be a duration such as -1h30m".formatted(which));
        }
    }

    private static Optional<String> first(Map<String, List<String>> parameters, String name) {
        return parameters.getOrDefault(name, List.of()).stream()
                .filter(text -> !text.isBlank())
                .findFirst();
    }

    private static ApiException bad(String sentence) {
        return Fault.badRequest(sentence).asException();
    }
}
