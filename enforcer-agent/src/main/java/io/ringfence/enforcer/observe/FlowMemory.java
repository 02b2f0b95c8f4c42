package io.ringfence.enforcer.observe;

import java.time.Duration;

/// Which flows were seen lately, 12 bytes each in an open hash table, so that hundreds of thousands
/// fit a small process. Times are monotonic milliseconds, remembered to a tenth of a second.
///
/// A flow is new when it was not seen for `period`; whether seeing it again prolongs its memory is
/// the caller's to say. When `capacity` flows are remembered and all of them are still fresh, the
/// oldest half is forgotten early and counted.
final class FlowMemory {
    private static final int SMALLEST = 1024;
    private static final int TICK_MILLIS = 100;

    private final int period;
    private final boolean prolongs;
    private final int capacity;
    private final long originMillis;
    private long[] fingerprints = new long[SMALLEST];

    /// Ticks since origin + 1; 0 = free.
    private int[] seenAt = new int[SMALLEST];

    private int used;
    private long forgotten;

    FlowMemory(Duration period, boolean prolongs, int capacity, long originMillis) {
        this.period = (int) (period.toMillis() / TICK_MILLIS);
        this.prolongs = prolongs;
        this.capacity = capacity;
        this.originMillis = originMillis;
    }

    boolean isNew(long fingerprint, long nowMillis) {
        int now = (int) ((nowMillis - originMillis) / TICK_MILLIS) + 1;
        if (used * 2 >= fingerprints.length) {
            makeRoom(now);
        }
        int slot = slotOf(fingerprint);
        boolean known = seenAt[slot] != 0 && now - seenAt[slot] < period;
        if (seenAt[slot] == 0) {
            used++;
        }
        if (!known || prolongs) {
            fingerprints[slot] = fingerprint;
            seenAt[slot] = now;
        }
        return !known;
    }

    /// Flows that may be counted twice, because they had to be forgotten before their time.
    long forgotten() {
        return forgotten;
    }

    private int slotOf(long fingerprint) {
        int mask = fingerprints.length - 1;
        int slot = (int) fingerprint & mask;
        while (seenAt[slot] != 0 && fingerprints[slot] != fingerprint) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void makeRoom(int now) {
        int fresh = countSince(now - period);
        if (fresh < capacity) {
            int size = Integer.highestOneBit(Math.max(1, fresh)) * 4;
            rebuild(Math.max(SMALLEST, size), now - period);
            return;
        }
        int oldest = now - period;
        int youngest = now;
        while (youngest - oldest > 1) {
            int middle = oldest + (youngest - oldest) / 2;
            if (countSince(middle) > capacity / 2) {
                oldest = middle;
            } else {
                youngest = middle;
            }
        }
        forgotten += fresh - countSince(youngest);
        rebuild(fingerprints.length, youngest);
    }

    private int countSince(int since) {
        int count = 0;
        for (int seen : seenAt) {
            count += seen != 0 && seen > since ? 1 : 0;
        }
        return count;
    }

    private void rebuild(int size, int since) {
        long[] oldFingerprints = fingerprints;
        int[] oldSeenAt = seenAt;
        fingerprints = new long[size];
        seenAt = new int[size];
        used = 0;
        for (int at = 0; at < oldSeenAt.length; at++) {
            if (oldSeenAt[at] != 0 && oldSeenAt[at] > since) {
                int slot = slotOf(oldFingerprints[at]);
                fingerprints[slot] = oldFingerprints[at];
                seenAt[slot] = oldSeenAt[at];
                used++;
            }
        }
    }
}
