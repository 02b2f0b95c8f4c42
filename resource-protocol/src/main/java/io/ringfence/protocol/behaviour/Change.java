package io.ringfence.protocol.behaviour;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A create, update or delete on its way, as hooks see it.
///
/// @param namespace the namespace the object lives in (or is to live in)
/// @param object what is to be stored, checked against the declaration; for a delete, what is
///   stored. Hooks may change it
/// @param stored what is stored now, its row locked; empty for a create
/// @param transaction for reading and writing other objects in the same transaction
/// @param answerOnly attributes put here go into the answer and are never stored: secrets that are
///   shown once
/// @param override whether the caller insists (`override=true`): on what is protected, or on what
///   takes other things with it
/// @param messages what the caller is told (`X-Messages`), also in the audit trail
/// @param along changes of other objects that a hook made through [ObjectWriter] in the same
///   transaction; they are told with this one that they have been committed
public record Change(
        ResourceDeclaration declaration,
        Caller caller,
        String namespace,
        ObjectNode object,
        Optional<ObjectNode> stored,
        Transaction transaction,
        ObjectNode answerOnly,
        boolean override,
        Messages messages,
        List<Outcome> along) {

    public static Change creating(
            ResourceDeclaration declaration,
            Caller caller,
            String namespace,
            ObjectNode object,
            Transaction transaction) {
        return new Change(
                declaration,
                caller,
                namespace,
                object,
                Optional.empty(),
                transaction,
                JsonNodeFactory.instance.objectNode(),
                false,
                new Messages(declaration.messages()),
                new ArrayList<>());
    }

    public static Change of(
            ResourceDeclaration declaration,
            Caller caller,
            ObjectNode object,
            ObjectNode stored,
            boolean override,
            Transaction transaction) {
        return new Change(
                declaration,
                caller,
                stored.path("namespace").asText(),
                object,
                Optional.of(stored),
                transaction,
                JsonNodeFactory.instance.objectNode(),
                override,
                new Messages(declaration.messages()),
                new ArrayList<>());
    }

    /// Tells the caller something about this change: one sentence, without secrets.
    public void say(String sentence) {
        messages.add(sentence);
    }

    /// The transaction, signed with who asked for this and what they are told.
    Transaction signed() {
        return transaction.signed(Signature.of(caller).saying(messages.all()));
    }
}
