package io.ringfence.flowingest.write;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Window totals are exact only if identical points count once, and different ones are never
/// merged: `-dedup.minScrapeInterval=1ms`, no more and no less.
public final class DeduplicationFlag {
    private static final Pattern FLAG =
            Pattern.compile("^-dedup\\.minScrapeInterval=\"?([^\"\\s]*)\"?$", Pattern.MULTILINE);
    private static final String NEEDED = "1ms";

    private DeduplicationFlag() {}

    /// @param flags what `/flags` answers
    /// @return what is wrong and what to do about it; empty if all is well
    public static Optional<String> fault(String flags, String url) {
        Matcher flag = FLAG.matcher(flags);
        String found = flag.find() ? flag.group(1) : "";
        if (found.equals(NEEDED)) {
            return Optional.empty();
        }
        return Optional.of(
                "VictoriaMetrics at %s runs %s; start it with -dedup.minScrapeInterval=%s, or flows are counted wrongly."
                        .formatted(
                                url,
                                found.isEmpty()
                                        ? "without deduplication"
                                        : "with -dedup.minScrapeInterval=" + found,
                                NEEDED));
    }
}
