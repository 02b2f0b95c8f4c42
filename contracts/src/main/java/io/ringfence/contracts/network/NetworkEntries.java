package io.ringfence.contracts.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The `entries` of one external network, checked together: at least one, none twice, and every
/// `!CIDR` inside an included CIDR of the same family and outside every other `!CIDR`.
public record NetworkEntries(List<NetworkEntry> entries) {
    public NetworkEntries {
        entries = List.copyOf(entries);
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("Entries must not be empty: add a CIDR or a name");
        }
        Set<NetworkEntry> seen = new HashSet<>();
        for (NetworkEntry entry : entries) {
            if (!seen.add(entry)) {
                throw new IllegalArgumentException(
                        "Entry '%s' stands twice: remove one".formatted(entry));
            }
        }
        for (NetworkEntry entry : entries) {
            if (entry instanceof NetworkEntry.Excluded excluded) {
                checkContained(excluded, entries);
            }
        }
    }

    public static NetworkEntries parse(@Nullable List<String> texts) {
        List<NetworkEntry> parsed = new ArrayList<>();
        for (String text : texts == null ? List.<String>of() : texts) {
            parsed.add(NetworkEntry.parse(text));
        }
        return new NetworkEntries(parsed);
    }

    private static void checkContained(NetworkEntry.Excluded excluded, List<NetworkEntry> entries) {
        for (NetworkEntry entry : entries) {
            if (entry instanceof NetworkEntry.Included(Prefix prefix)
                    && prefix.equals(excluded.prefix())) {
                throw new IllegalArgumentException(
                        "CIDR '%s' is both included and excluded: remove one".formatted(prefix));
            }
        }
        boolean contained =
                entries.stream()
                        .anyMatch(entry ->
                                entry instanceof NetworkEntry.Included(Prefix prefix)
                                        && prefix.contains(excluded.prefix()));
        if (!contained) {
            throw new IllegalArgumentException(
                    "Entry '%s' must lie inside a CIDR of the same list: add one that contains it, or remove it"
                            .formatted(excluded));
        }
        for (NetworkEntry entry : entries) {
            if (entry instanceof NetworkEntry.Excluded(Prefix prefix)
                    && !prefix.equals(excluded.prefix())
                    && prefix.contains(excluded.prefix())) {
                throw new IllegalArgumentException(
                        "Entry '%s' lies inside '!%s', which excludes it already: remove one"
                                .formatted(excluded, prefix));
            }
        }
    }
}
