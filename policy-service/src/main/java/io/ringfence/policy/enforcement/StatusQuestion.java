package io.ringfence.policy.enforcement;

import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a request asks.
///
/// @param asked the revision; nothing: whatever is newest
/// @param patience how long the answer may wait for enforcers
record StatusQuestion(Optional<Long> asked, Duration patience, boolean recursive) {
    /// Shorter than the gateway's patience with a silent service.
    static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private static final Set<String> KNOWN = Set.of("revision", "wait", "recursive");

    /// @throws ApiException 400 naming the parameter that is not right
    static StatusQuestion read(Map<String, List<String>> query) {
        query.keySet().stream()
                .filter(name -> !KNOWN.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw bad("Parameter '%s' is not known here".formatted(name));
                });
        return new StatusQuestion(
                first(query, "revision").map(StatusQuestion::revision),
                first(query, "wait").map(StatusQuestion::wait).orElse(Duration.ZERO),
                first(query, "recursive").map(StatusQuestion::flag).orElse(true));
    }

    /// @throws ApiException 422 for a revision that does not exist
    long revisionUpTo(long newest) {
        long revision = asked.orElse(newest);
        if (revision > newest) {
            throw Fault.invalid(
                            "revision",
                            "There is no revision %d yet; the newest is %d"
                                    .formatted(revision, newest))
                    .asException();
        }
        return revision;
    }

    private static Optional<String> first(Map<String, List<String>> query, String name) {
        return query.getOrDefault(name, List.of()).stream()
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    private static long revision(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw bad(
                    "Parameter 'revision' must be a whole number, such as the `revision` of an"
                            + " earlier answer");
        }
        return Long.parseLong(text);
    }

    private static Duration wait(String text) {
        if (text.matches("\\d{1,6}(ms|s)")) {
            Duration wait =
                    text.endsWith("ms")
                            ? Duration.ofMillis(number(text, 2))
                            : Duration.ofSeconds(number(text, 1));
            if (wait.compareTo(LONGEST_WAIT) <= 0) {
                return wait;
            }
        }
        throw bad(
                "Parameter 'wait' must be a duration of at most %ds, such as 5s or 500ms"
                        .formatted(LONGEST_WAIT.toSeconds()));
    }

    private static long number(String text, int unitLength) {
        return Long.parseLong(text.substring(0, text.length() - unitLength));
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw bad("Parameter 'recursive' must be true or false");
        };
    }

    private static ApiException bad(String sentence) {
        return Fault.badRequest(sentence).asException();
    }
}
