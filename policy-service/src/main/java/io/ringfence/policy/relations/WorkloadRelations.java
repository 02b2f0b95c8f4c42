package io.ringfence.policy.relations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.policy.match.ApplicablePolicies;
import io.ringfence.policy.match.Tagged;
import io.ringfence.protocol.behaviour.Resources;
import io.ringfence.protocol.filter.Filter;
import io.ringfence.protocol.filter.Filter.Value;
import io.ringfence.protocol.query.Scope;
import io.ringfence.protocol.query.Selection;
import io.ringfence.protocol.relation.Children;
import io.ringfence.protocol.relation.Relation;
import io.ringfence.protocol.relation.RelationBehaviour;
import io.ringfence.protocol.relation.RelationCall;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/// What an enforcer, a processing unit or a service has, seen from itself.
@ApplicationScoped
class WorkloadRelations {
    private final ApplicablePolicies policies;
    private final Resources resources;

    WorkloadRelations(ApplicablePolicies policies, Resources resources) {
        this.policies = policies;
        this.resources = resources;
    }

    @Produces
    @Singleton
    RelationBehaviour enforcerProfiles() {
        return ReadRelation.asking(
                Relation.between("enforcer", "enforcerprofile"),
                call -> given(call, "enforcerprofilemappingpolicy"));
    }

    /// Of 5.0's parameters nothing depends: the answer is always what the policies say now.
    @Produces
    @Singleton
    RelationBehaviour hostServices() {
        return ReadRelation.asking(
                Relation.between("enforcer", "hostservice")
                        .parameter("appliedServices", "true", "false")
                        .parameter("setServices", "true", "false"),
                call -> given(call, "hostservicemappingpolicy"));
    }

    private Uni<Children> given(RelationCall call, String policy) {
        String namespace = call.parent().path("namespace").asText();
        return policies.of(policy, namespace, Tagged.tagsOf(call.parent()), call.transaction())
                .map(found ->
                        Children.in(
                                new Scope(namespace, false, true),
                                Tagged.anyOf(
                                        found.stream()
                                                .map(each -> Tagged.by(each.path("object")))
                                                .toList())));
    }

    @Produces
    @Singleton
    RelationBehaviour unitsOfService() {
        return ReadRelation.of(
                Relation.between("service", "processingunit"),
                call ->
                        Children.in(
                                Reach.subjects(call), Tagged.by(call.parent().path("selectors"))));
    }

    @Produces
    @Singleton
    RelationBehaviour specsOfService() {
        return ReadRelation.of(
                Relation.between("service", "httpresourcespec"),
                call ->
                        Children.in(
                                Reach.visible(call), Tagged.by(call.parent().path("exposedAPIs"))));
    }

    /// The services that a unit offers, and those that it depends on.
    @Produces
    @Singleton
    RelationBehaviour servicesOfUnit() {
        return ReadRelation.asking(
                Relation.between("processingunit", "service"), this::servicesOfUnit);
    }

    private Uni<Children> servicesOfUnit(RelationCall call) {
        String namespace = call.parent().path("namespace").asText();
        Set<String> tags = Tagged.tagsOf(call.parent());
        Scope visible = new Scope(namespace, false, true);
        return call.transaction()
                .list(resources.identified("service").orElseThrow(), Selection.of(visible))
                .map(services -> offered(services, tags))
                .chain(offered ->
                        policies.of("servicedependency", namespace, tags, call.transaction())
                                .map(dependencies ->
                                        Children.in(visible, either(offered, dependencies))));
    }

    private static Filter either(List<Value> offered, List<ObjectNode> dependencies) {
        return new Filter.Or(
                List.of(
                        new Filter.AnyOf("ID", offered, false),
                        Tagged.anyOf(
                                dependencies.stream()
                                        .map(each -> Tagged.by(each.path("object")))
                                        .toList())));
    }

    private static List<Value> offered(List<ObjectNode> services, Set<String> tags) {
        return services.stream()
                .filter(service -> !service.path("disabled").asBoolean())
                .filter(service -> Tagged.matches(service.path("selectors"), tags))
                .<Value>map(service -> new Value.Text(service.path("ID").asText()))
                .toList();
    }
}
