package io.ringfence.store.object;

import java.util.Optional;

/// A row that nobody else changes until the transaction ends.
///
/// @param nextRevision the number of the change that it is locked for
record Locked(StoredObject row, long nextRevision) {

    /// What was locked last is changed next, as a rule, and need not be read again then. Of more
    /// rows, a transaction that touches thousands would keep too many.
    static final class Last {
        private Optional<Locked> last = Optional.empty();

        void keep(Optional<Locked> locked) {
            last = locked;
        }

        /// For one change: it is not as it was locked, then.
        Optional<Locked> take(String id) {
            Optional<Locked> taken = last.filter(each -> each.row().id().equals(id));
            last = Optional.empty();
            return taken;
        }
    }
}
