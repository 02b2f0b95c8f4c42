package io.ringfence.enforcer.observe;

/// Which flows were seen lately, 12 bytes each in an open hash table, so that hundreds of thousands
/// fit a small process.
///
/// A flow is new when it was not seen for `periodMillis`; whether seeing it again prolongs its
/// memory is the caller's to say. When `capacity` flows are remembered and all of them are still
/// fresh, the oldest half is forgotten early and counted.
final class FlowMemory {
    private static final int SMALLEST = 1024;

    private final long periodMillis;
    private final boolean prolongs;
    private final int capacity;
    private final long originMillis;
    private long[] fingerprints = new long[SMALLEST];

    /// Milliseconds since origin + 1; 0 = free.
    private long[] seenAt = new long[SMALLEST];

    private int used;
    private long forgotten;

    FlowMemory(long periodMillis, boolean prolongs, int capacity, long originMillis) {
        this.periodMillis = periodMillis;
        this.prolongs = prolongs;
        this.capacity = capacity;
        this.originMillis = originMillis;
    }

    boolean isNew(long fingerprint, long nowMillis) {
        if (used * 2 >= fingerprints.length) {
            makeRoom(nowMillis);
        }
        long now = nowMillis - originMillis + 1;
        int slot = slotOf(fingerprint);
        boolean known = seenAt[slot] != 0 && now - seenAt[slot] < periodMillis;
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

    private void makeRoom(long nowMillis) {
        long now = nowMillis - originMillis + 1;
        int fresh = countSince(now - periodMillis);
        if (fresh < capacity) {
            rebuild(
                    Math.max(SMALLEST, Integer.highestOneBit(Math.max(1, fresh)) * 4),
                    now - periodMillis);
            return;
        }
        long oldest = now - periodMillis;
        long youngest = now;
        while (youngest - oldest > 1) {
            long middle = oldest + (youngest - oldest) / 2;
            if (countSince(middle) > capacity / 2) {
                oldest = middle;
            } else {
                youngest = middle;
            }
        }
        forgotten += fresh - countSince(youngest);
        rebuild(fingerprints.length, youngest);
    }

    private int countSince(long since) {
        int count = 0;
        for (long seen : seenAt) {
            count += seen != 0 && seen > since ? 1 : 0;
        }
        return count;
    }

    private void rebuild(int size, long since) {
        long[] oldFingerprints = fingerprints;
        long[] oldSeenAt = seenAt;
        fingerprints = new long[size];
        seenAt = new long[size];
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
