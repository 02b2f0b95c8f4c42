package io.ringfence.protocol.behaviour;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// A change that was stored, waiting for its transaction to commit.
///
/// @param stored the object as stored; for a delete, as it was
public record Outcome(Change change, ObjectNode stored) {

    /// What the client is answered: the object as it is shown, and what is shown only this once.
    ObjectNode answer(Resources resources) {
        ObjectNode shown = resources.shown(change.declaration(), stored);
        return change.answerOnly().isEmpty() ? shown : shown.deepCopy().setAll(change.answerOnly());
    }
}
