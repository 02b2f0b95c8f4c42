package io.ringfence.identity.forget;

import io.smallrye.mutiny.Uni;

/// What is kept for a while only; a bean of the room that keeps it.
public interface Forgettable {
    /// In the plural, for the log.
    String what();

    /// Forgets all whose time is over, and answers how many. Every instance does; the second finds
    /// nothing.
    Uni<Integer> forget();
}
