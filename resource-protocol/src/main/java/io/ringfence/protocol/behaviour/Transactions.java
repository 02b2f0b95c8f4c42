package io.ringfence.protocol.behaviour;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
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

    /// One object as it is stored, to be shown: like [Transaction#find], but the store may answer
    /// from its memory. What one instance of a service committed before it answered is seen there
    /// by every read that begins after the answer, and by other instances a moment later. The tree
    /// is the store's: it must not be changed.
    default Uni<Optional<ObjectNode>> find(ResourceDeclaration resource, String id) {
        return read(transaction -> transaction.find(resource, id));
    }

    /// The same if the store can answer from its memory alone, and empty if it would have to look.
    default Optional<ObjectNode> atHand(ResourceDeclaration resource, String id) {
        return Optional.empty();
    }
}
