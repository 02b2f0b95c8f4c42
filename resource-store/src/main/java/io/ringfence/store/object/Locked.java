package io.ringfence.store.object;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one transaction has locked, and holds until it ends: the last row, as it read it then, and
/// texts together with others.
final class Locked {
    private @Nullable StoredObject row;
    private final Set<String> together = new HashSet<>();

    /// @param locked null: there is none
    void is(@Nullable StoredObject locked) {
        row = locked;
    }

    void isTogether(String text) {
        together.add(text);
    }

    boolean hasTogether(String text) {
        return together.contains(text);
    }

    /// For one change: what this transaction makes of the row, it does not tell here.
    Optional<StoredObject> take(String id) {
        StoredObject taken = row;
        row = null;
        return Optional.ofNullable(taken).filter(found -> found.id.equals(id));
    }
}
