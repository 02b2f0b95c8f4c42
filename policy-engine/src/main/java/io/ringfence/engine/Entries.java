package io.ringfence.engine;

import io.ringfence.contracts.network.NetworkEntry;
import io.ringfence.contracts.network.Prefix;
import java.util.List;

/// What a list of entries contains: what one of them does and none of the excluded ones.
final class Entries {
    private Entries() {}

    static boolean contain(List<NetworkEntry> entries, Prefix address) {
        return longest(entries, address) >= 0 && !exclude(entries, address);
    }

    /// The length of the longest entry around the address; -1: there is none.
    static int longest(List<NetworkEntry> entries, Prefix address) {
        int longest = -1;
        for (NetworkEntry entry : entries) {
            if (entry instanceof NetworkEntry.Included(Prefix prefix) && prefix.contains(address)) {
                longest = Math.max(longest, prefix.length());
            }
        }
        return longest;
    }

    private static boolean exclude(List<NetworkEntry> entries, Prefix address) {
        return entries.stream()
                .anyMatch(entry ->
                        entry instanceof NetworkEntry.Excluded(Prefix prefix)
                                && prefix.contains(address));
    }
}
