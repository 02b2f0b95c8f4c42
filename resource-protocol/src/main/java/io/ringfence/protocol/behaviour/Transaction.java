package io.ringfence.protocol.behaviour;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.query.Scope;
import io.ringfence.protocol.query.Selection;
import io.ringfence.protocol.replay.GivenAnswer;
import io.ringfence.protocol.replay.RepeatableWrite;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Objects, read and written in one database transaction. Writes are announced on the declaration's
/// topic, and recorded in the audit trail, once the transaction commits. Calls must follow one
/// another (one connection): chain them.
public interface Transaction {

    /// In whatever namespace it lives.
    Uni<Optional<ObjectNode>> find(ResourceDeclaration resource, String id);

    Uni<Optional<ObjectNode>> named(ResourceDeclaration resource, String namespace, String name);

    /// Like [#find], and nobody else changes the object until this transaction ends.
    Uni<Optional<ObjectNode>> lock(ResourceDeclaration resource, String id);

    /// First [#together], then [#lock], in one way to the database and back.
    Uni<Optional<ObjectNode>> lock(ResourceDeclaration resource, String id, String together);

    /// Like [#find], and the object stays as it is until this transaction ends. Any number of
    /// transactions may hold it at a time.
    Uni<Optional<ObjectNode>> hold(ResourceDeclaration resource, String id);

    Uni<List<ObjectNode>> list(ResourceDeclaration resource, Selection selection);

    Uni<Long> count(ResourceDeclaration resource, Selection selection);

    /// The tags that objects of these resources have in a scope, in their order, without those
    /// derived from attributes (`$…`).
    ///
    /// @param prefix only tags that begin with it
    Uni<List<TagUse>> tagsInUse(Set<String> identities, Scope scope, String prefix, int most);

    /// Stores a new object in the namespace it names. `ID`, `createTime` and `updateTime` are
    /// filled in. Fails with 422 if the ID or, where the declaration says so, the name is taken.
    Uni<ObjectNode> insert(ResourceDeclaration resource, ObjectNode object);

    /// Announces a new object and records it, without storing it. `ID`, `createTime` and
    /// `updateTime` are filled in.
    Uni<ObjectNode> pass(ResourceDeclaration resource, ObjectNode object);

    /// Stores a changed object over the locked one; `updateTime` is moved on. Its namespace may be
    /// another one of the same tenant.
    Uni<ObjectNode> update(ResourceDeclaration resource, ObjectNode object);

    Uni<Void> delete(ResourceDeclaration resource, ObjectNode object);

    /// The same transaction, labelling everything written through it as brought by this import.
    Transaction labelling(String importLabel);

    /// The same transaction, changing things under this name. Unsigned changes are the console's
    /// own.
    Transaction signed(Signature signature);

    /// Keeps the answer for when the write is sent again, for a day at least. The last thing a
    /// transaction does: it waits for another one that answers the same write, and fails if that
    /// one commits.
    Uni<Void> remember(RepeatableWrite write, GivenAnswer answer);

    /// What the write was answered with, if it was sent before.
    Uni<Optional<GivenAnswer.Remembered>> remembered(RepeatableWrite write);

    /// What an import of this label brought into the namespace, of every resource.
    Uni<List<Labelled>> labelled(String namespace, String importLabel);

    /// Waits until no other transaction holds the same text; released at the end. For rules over
    /// several objects (one holder per address).
    Uni<Void> exclusively(String text);

    /// Waits until no other transaction holds the text exclusively; any number hold it together.
    /// For what reads the objects that a rule is over and must not see them change. Who holds it
    /// already does not wait.
    Uni<Void> together(String text);

    /// @param count how many objects have the tag
    record TagUse(String tag, long count) {}

    record Labelled(String identity, ObjectNode object) {}
}
