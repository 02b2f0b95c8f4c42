package io.ringfence.engine.incremental;

import java.util.NavigableMap;
import java.util.TreeMap;

/// Who enforces for some units, in order of their ids.
final class Enforcer {
    final int number;
    final String id;
    final NavigableMap<String, Unit> units = new TreeMap<>();

    Enforcer(int number, String id) {
        this.number = number;
        this.id = id;
    }
}
