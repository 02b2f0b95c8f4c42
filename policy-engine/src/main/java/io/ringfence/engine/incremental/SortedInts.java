package io.ringfence.engine.incremental;

import java.util.Arrays;

/// Small sets of numbers as arrays in order, which are never changed: a change makes a new one.
final class SortedInts {
    static final int[] NONE = {};

    private SortedInts() {}

    static boolean contains(int[] set, int value) {
        return Arrays.binarySearch(set, value) >= 0;
    }

    static int[] with(int[] set, int value) {
        int at = Arrays.binarySearch(set, value);
        if (at >= 0) {
            return set;
        }
        int place = -at - 1;
        int[] more = new int[set.length + 1];
        System.arraycopy(set, 0, more, 0, place);
        more[place] = value;
        System.arraycopy(set, place, more, place + 1, set.length - place);
        return more;
    }

    static int[] without(int[] set, int value) {
        int at = Arrays.binarySearch(set, value);
        if (at < 0) {
            return set;
        }
        if (set.length == 1) {
            return NONE;
        }
        int[] fewer = new int[set.length - 1];
        System.arraycopy(set, 0, fewer, 0, at);
        System.arraycopy(set, at + 1, fewer, at, fewer.length - at);
        return fewer;
    }

    /// The set that the first `count` values make. Sorts the array it is given.
    static int[] of(int[] values, int count) {
        Arrays.sort(values, 0, count);
        int distinct = 0;
        for (int index = 0; index < count; index++) {
            if (index == 0 || values[index] != values[distinct - 1]) {
                values[distinct++] = values[index];
            }
        }
        return distinct == 0 ? NONE : Arrays.copyOf(values, distinct);
    }

    /// What stands in `set` and not in `other`, as a filter: a bit for each value, by its last six.
    static long bitsOnlyIn(int[] set, int[] other) {
        long bits = 0;
        int place = 0;
        for (int value : set) {
            while (place < other.length && other[place] < value) {
                place++;
            }
            if (place == other.length || other[place] != value) {
                bits |= bit(value);
            }
        }
        return bits;
    }

    static long bits(int[] set) {
        return bitsOnlyIn(set, NONE);
    }

    private static long bit(int value) {
        return 1L << (value & 63);
    }
}
