package io.ringfence.policy.relations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.policy.match.Tagged;
import io.ringfence.protocol.filter.Filter;
import io.ringfence.protocol.query.Scope;
import io.ringfence.protocol.relation.Children;
import io.ringfence.protocol.relation.Relation;
import io.ringfence.protocol.relation.RelationBehaviour;
import io.ringfence.protocol.relation.RelationCall;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/// `/networkrulesetpolicies/<id>/processingunits?mode=subject|object`, and likewise
/// `externalnetworks` and `services`: whom the ruleset is about, or whom its rules let it speak to.
@ApplicationScoped
class RulesetRelations {
    private static final String RULESET = "networkrulesetpolicy";
    private static final String MODE = "mode";
    private static final String SUBJECT = "subject";

    @Produces
    @Singleton
    RelationBehaviour processingUnits() {
        return ReadRelation.of(
                relation("processingunit"),
                call ->
                        isAboutSubject(call)
                                ? Children.in(Reach.subjects(call), subject(call))
                                : Children.in(Reach.workloads(call), objects(call.parent())));
    }

    /// The subject of a ruleset are processing units only.
    @Produces
    @Singleton
    RelationBehaviour externalNetworks() {
        return ReadRelation.of(
                relation("externalnetwork"),
                call ->
                        isAboutSubject(call)
                                ? Children.none()
                                : in(Reach.visible(call), objects(call.parent())));
    }

    @Produces
    @Singleton
    RelationBehaviour services() {
        return ReadRelation.of(
                relation("service"),
                call ->
                        in(
                                Reach.visible(call),
                                isAboutSubject(call) ? subject(call) : objects(call.parent())));
    }

    private static Children in(Scope scope, Filter condition) {
        return Children.in(scope, condition);
    }

    private static Relation relation(String child) {
        return Relation.between(RULESET, child).parameter(MODE, SUBJECT, "object");
    }

    private static boolean isAboutSubject(RelationCall call) {
        return call.parameter(MODE).filter(SUBJECT::equals).isPresent();
    }

    private static Filter subject(RelationCall call) {
        return Tagged.by(call.parent().path(SUBJECT));
    }

    private static Filter objects(ObjectNode ruleset) {
        List<Filter> any = new ArrayList<>();
        for (String direction : List.of("incomingRules", "outgoingRules")) {
            for (JsonNode rule : ruleset.path(direction)) {
                any.add(Tagged.by(rule.path("object")));
            }
        }
        return Tagged.anyOf(any.stream().distinct().toList());
    }
}
