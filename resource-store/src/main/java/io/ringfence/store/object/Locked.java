package io.ringfence.store.object;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The row that a transaction has locked last, as it read it then. Nobody else changes it before
/// the transaction ends. For one transaction.
final class Locked {
    private @Nullable StoredObject row;

    /// @param locked null: there is none
    void is(@Nullable StoredObject locked) {
        row = locked;
    }

    /// For one change: what this transaction makes of the row, it does not tell here.
    Optional<StoredObject> take(String id) {
        StoredObject taken = row;
        row = null;
        return Optional.ofNullable(taken).filter(found -> found.id.equals(id));
    }
}
