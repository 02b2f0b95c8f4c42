package io.ringfence.bench.distribution;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `jcmd GC.heap_info` prints about the serial collector's heap.
final class HeapText {
    private static final Pattern GENERATION =
            Pattern.compile("(?:DefNew|Tenured)\\s.*\\bused (\\d+)K", Pattern.CASE_INSENSITIVE);

    private HeapText() {}

    /// Both generations together.
    ///
    /// @throws IllegalArgumentException when there is no generation in it
    static long usedBytes(String heapInfo) {
        Matcher generations = GENERATION.matcher(heapInfo);
        long kilobytes = 0;
        int found = 0;
        while (generations.find()) {
            kilobytes += Long.parseLong(generations.group(1));
            found++;
        }
        if (found == 0) {
            throw new IllegalArgumentException("not a serial heap: " + heapInfo);
        }
        return kilobytes << 10;
    }
}
