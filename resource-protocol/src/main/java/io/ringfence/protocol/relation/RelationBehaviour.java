package io.ringfence.protocol.relation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.behaviour.Outcome;
import io.ringfence.protocol.error.Fault;
import io.smallrye.mutiny.Uni;

/// What a relation does. A service makes one available as a CDI bean, and the path exists. Runs on
/// the event loop inside a transaction, and must not block.
public interface RelationBehaviour {

    Relation relation();

    /// The children of the parent; asked if the relation is readable.
    default Uni<Children> children(RelationCall call) {
        return Uni.createFrom().failure(impossible());
    }

    /// Makes a child of the parent; asked if the relation is creatable. Best through
    /// [io.ringfence.protocol.behaviour.ObjectWriter].
    default Uni<Outcome> create(RelationCall call, ObjectNode sent) {
        return Uni.createFrom().failure(impossible());
    }

    private static RuntimeException impossible() {
        return Fault.of(405, "Method Not Allowed", "This is not possible here").asException();
    }
}
