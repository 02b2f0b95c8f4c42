package io.ringfence.policy.relations;

import io.ringfence.protocol.relation.Children;
import io.ringfence.protocol.relation.Relation;
import io.ringfence.protocol.relation.RelationBehaviour;
import io.ringfence.protocol.relation.RelationCall;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;

/// A relation that is its question.
record ReadRelation(Relation relation, Function<RelationCall, Uni<Children>> question)
        implements RelationBehaviour {

    static ReadRelation of(Relation relation, Function<RelationCall, Children> question) {
        return new ReadRelation(
                relation.readable(), call -> Uni.createFrom().item(question.apply(call)));
    }

    static ReadRelation asking(Relation relation, Function<RelationCall, Uni<Children>> question) {
        return new ReadRelation(relation.readable(), question);
    }

    @Override
    public Uni<Children> children(RelationCall call) {
        return question.apply(call);
    }
}
