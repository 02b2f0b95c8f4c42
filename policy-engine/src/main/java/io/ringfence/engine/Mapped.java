package io.ringfence.engine;

import io.ringfence.contracts.network.Prefix;
import java.util.ArrayList;
import java.util.List;

/// A prefix and what holds for all of it.
record Mapped<V>(Prefix prefix, V value) {
    /// Joins halves that say the same. The list is in address order and disjoint, before and after.
    static <V> List<Mapped<V>> joined(List<Mapped<V>> inOrder) {
        List<Mapped<V>> joined = new ArrayList<>();
        for (Mapped<V> next : inOrder) {
            Mapped<V> current = next;
            while (!joined.isEmpty() && joined.getLast().isLowerHalfBefore(current)) {
                joined.removeLast();
                current = new Mapped<>(current.parent(), current.value);
            }
            joined.add(current);
        }
        return joined;
    }

    private boolean isLowerHalfBefore(Mapped<V> upper) {
        return prefix.length() == upper.prefix.length()
                && prefix.length() > 0
                && prefix.v6() == upper.prefix.v6()
                && value.equals(upper.value)
                && upper.prefix.bit(prefix.length() - 1)
                && parent().equals(upper.parent());
    }

    private Prefix parent() {
        return prefix.cut(prefix.length() - 1);
    }
}
