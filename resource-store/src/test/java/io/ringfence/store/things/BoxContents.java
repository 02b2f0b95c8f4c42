package io.ringfence.store.things;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.behaviour.ObjectWriter;
import io.ringfence.protocol.behaviour.Outcome;
import io.ringfence.protocol.filter.Filter;
import io.ringfence.protocol.relation.Children;
import io.ringfence.protocol.relation.Relation;
import io.ringfence.protocol.relation.RelationBehaviour;
import io.ringfence.protocol.relation.RelationCall;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/// `/boxes/<id>/things`: what is in a box; with `mode=heavy`, what makes it heavy.
@Singleton
class BoxContents implements RelationBehaviour {
    private final ObjectWriter writer;

    BoxContents(ObjectWriter writer) {
        this.writer = writer;
    }

    @Override
    public Relation relation() {
        return Relation.between(ThingResources.BOX, ThingResources.THING)
                .readable()
                .creatable()
                .parameter("mode", "all", "heavy");
    }

    @Override
    public Uni<Children> children(RelationCall call) {
        Filter inside = Filter.equal("box", call.parent().path("ID").asText());
        Filter condition =
                call.parameter("mode").filter("heavy"::equals).isPresent()
                        ? new Filter.And(
                                List.of(
                                        inside,
                                        new Filter.Compare(
                                                "heavy",
                                                Filter.Comparator.EQUAL,
                                                new Filter.Value.Bool(true))))
                        : inside;
        return Uni.createFrom().item(Children.in(call.scope(), condition));
    }

    @Override
    public Uni<Outcome> create(RelationCall call, ObjectNode sent) {
        sent.put("box", call.parent().path("ID").asText());
        return writer.create(ThingResources.things(), call.caller(), sent, call.transaction());
    }
}
