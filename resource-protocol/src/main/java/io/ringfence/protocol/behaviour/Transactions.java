package io.ringfence.protocol.behaviour;

import io.smallrye.mutiny.Uni;
import java.util.function.Function;

/// Where transactions come from: the store.
public interface Transactions {

    /// Commits when the work's item arrives, rolls back when it fails.
    <T> Uni<T> run(Function<Transaction, Uni<T>> work);
}
