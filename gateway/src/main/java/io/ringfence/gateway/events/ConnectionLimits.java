package io.ringfence.gateway.events;

import io.ringfence.trust.assertion.AssertedCaller;
import java.util.HashMap;
import java.util.Map;

/// How many connections there may be, of one caller and of all. Safe for many threads.
final class ConnectionLimits {
    private final int ofAll;
    private final int ofOne;
    private final Map<String, Integer> held = new HashMap<>();
    private int total;

    ConnectionLimits(int ofAll, int ofOne) {
        this.ofAll = ofAll;
        this.ofOne = ofOne;
    }

    /// False when there are enough; otherwise it has to be released.
    synchronized boolean take(AssertedCaller caller) {
        int ofCaller = held.getOrDefault(name(caller), 0);
        if (total >= ofAll || ofCaller >= ofOne) {
            return false;
        }
        held.put(name(caller), ofCaller + 1);
        total++;
        return true;
    }

    synchronized void release(AssertedCaller caller) {
        held.computeIfPresent(name(caller), (name, count) -> count == 1 ? null : count - 1);
        total--;
    }

    private static String name(AssertedCaller caller) {
        return caller.realm() + "/" + caller.subject();
    }
}
