package io.ringfence.policy.relations;

import io.ringfence.policy.match.Tagged;
import io.ringfence.protocol.relation.Children;
import io.ringfence.protocol.relation.Relation;
import io.ringfence.protocol.relation.RelationBehaviour;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Policies that give something to somebody: whom, and what.
@ApplicationScoped
class MappingRelations {

    @Produces
    @Singleton
    RelationBehaviour profiledEnforcers() {
        return subjects("enforcerprofilemappingpolicy", "enforcer");
    }

    @Produces
    @Singleton
    RelationBehaviour mappedProfiles() {
        return objects("enforcerprofilemappingpolicy", "enforcerprofile");
    }

    @Produces
    @Singleton
    RelationBehaviour servingEnforcers() {
        return subjects("hostservicemappingpolicy", "enforcer");
    }

    @Produces
    @Singleton
    RelationBehaviour mappedHostServices() {
        return objects("hostservicemappingpolicy", "hostservice");
    }

    @Produces
    @Singleton
    RelationBehaviour dependingUnits() {
        return subjects("servicedependency", "processingunit");
    }

    @Produces
    @Singleton
    RelationBehaviour neededServices() {
        return objects("servicedependency", "service");
    }

    private static RelationBehaviour subjects(String policy, String child) {
        return ReadRelation.of(
                Relation.between(policy, child),
                call ->
                        Children.in(
                                Reach.subjects(call), Tagged.by(call.parent().path("subject"))));
    }

    private static RelationBehaviour objects(String policy, String child) {
        return ReadRelation.of(
                Relation.between(policy, child),
                call -> Children.in(Reach.visible(call), Tagged.by(call.parent().path("object"))));
    }
}
