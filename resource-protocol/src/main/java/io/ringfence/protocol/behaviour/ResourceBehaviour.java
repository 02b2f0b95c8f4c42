package io.ringfence.protocol.behaviour;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/// What a resource does beyond its declaration. A service makes one available as a CDI bean. Every
/// hook runs on the event loop inside the transaction that stores the change: it may read and write
/// through [Change#transaction], must not block, and refuses by failing with an
/// [io.ringfence.protocol.error.ApiException], which rolls everything back.
public interface ResourceBehaviour {

    /// The identity of the resource these hooks belong to.
    String identity();

    /// The id of an existing object that this create means again (an enforcer that registers
    /// twice). Then the create becomes an update of that object with what was sent.
    default Uni<Optional<String>> sameAs(Change create) {
        return Uni.createFrom().item(Optional.empty());
    }

    /// Tags that belong into `normalizedTags` beyond the usual ones (`@org:` tags of the
    /// namespace).
    default List<String> derivedTags(ObjectNode object) {
        return List.of();
    }

    /// Answers the object to store. An `ID` put into it is used; otherwise a fresh one is made.
    default Uni<ObjectNode> beforeCreate(Change create) {
        return Uni.createFrom().item(create.object());
    }

    /// What a change of an object of the namespace waits for before it locks the object: see
    /// [Transaction#together]. Its hooks need not wait for it again.
    default Optional<String> togetherWith(String namespace) {
        return Optional.empty();
    }

    /// Answers the object to store in place of [Change#stored].
    default Uni<ObjectNode> beforeUpdate(Change update) {
        return Uni.createFrom().item(update.object());
    }

    /// Fails if the object must stay; deletes what has to go with it.
    default Uni<Void> beforeDelete(Change delete) {
        return Uni.createFrom().voidItem();
    }

    /// After the commit, before the answer; for telling caches of this process. Must not fail.
    default void afterCommit(Change change, ObjectNode stored) {}

    /// The object as this caller sees it; for attributes that are computed when read.
    default ObjectNode shown(ObjectNode stored) {
        return stored;
    }
}
