package io.ringfence.protocol.behaviour;

import io.smallrye.mutiny.Uni;
import java.util.function.Function;

/// Where transactions come from: the store.
public interface Transactions {

    /// Commits when the work's item arrives, rolls back when it fails.
    <T> Uni<T> run(Function<Transaction, Uni<T>> work);

    /// Does the work, answers what came of it, and takes it back: what would happen if.
    <T> Uni<T> rehearse(Function<Transaction, Uni<T>> work);

    /// For one read alone, which is consistent by itself and needs no commit. Nothing may be
    /// written.
    default <T> Uni<T> read(Function<Transaction, Uni<T>> work) {
        return run(work);
    }
}
