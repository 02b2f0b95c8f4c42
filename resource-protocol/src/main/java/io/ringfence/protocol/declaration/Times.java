package io.ringfence.protocol.declaration;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// Times in one form, RFC 3339 in UTC with three digits of milliseconds, so that the order of texts
/// is the order of times.
public final class Times {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Times() {}

    public static String text(Instant instant) {
        return FORMAT.format(instant);
    }

    /// Nothing if the text is no RFC 3339 time between the years 2 and 9999.
    public static Optional<String> normalized(String text) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            return time.getYear() < 2 || time.getYear() > 9998
                    ? Optional.empty()
                    : Optional.of(text(time.toInstant()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
