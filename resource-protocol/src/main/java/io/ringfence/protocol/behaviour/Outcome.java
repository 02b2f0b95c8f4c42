package io.ringfence.protocol.behaviour;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// A change that was stored, waiting for its transaction to commit.
///
/// @param stored the object as stored; for a delete, as it was
public record Outcome(Change change, ObjectNode stored) {

    /// What the client is answered: the object, and what is shown only this once.
    public ObjectNode answer() {
        return stored.deepCopy().setAll(change.answerOnly());
    }
}
