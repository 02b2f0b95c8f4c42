package io.ringfence.policy.enforcement;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.topic.Partitioning;
import io.ringfence.engine.ProcessingUnit;
import io.ringfence.engine.World;
import io.ringfence.policy.world.LiveWorld;
import io.ringfence.protocol.behaviour.Resources;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.filter.Filter;
import io.ringfence.protocol.query.Scope;
import io.ringfence.protocol.query.Selection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The enforcers that policy of a namespace concerns: those registered there, and those elsewhere
/// in the tenant that have processing units there.
@ApplicationScoped
class ConcernedEnforcers {
    private final Resources resources;
    private final Transactions transactions;
    private final LiveWorld live;

    ConcernedEnforcers(Resources resources, Transactions transactions, LiveWorld live) {
        this.resources = resources;
        this.transactions = transactions;
        this.live = live;
    }

    Uni<List<ConcernedEnforcer>> in(String namespace, boolean recursive) {
        ResourceDeclaration enforcers = resources.identified("enforcer").orElseThrow();
        Scope scope = new Scope(namespace, recursive, false);
        return transactions.read(transaction ->
                transaction
                        .list(enforcers, Selection.of(scope))
                        .chain(own -> {
                            Set<String> elsewhere = holders(scope);
                            own.forEach(each -> elsewhere.remove(each.path("ID").asText()));
                            return elsewhere.isEmpty()
                                    ? Uni.createFrom().item(both(own, List.of(), namespace))
                                    : transaction
                                            .list(enforcers, identified(elsewhere))
                                            .map(others -> both(own, others, namespace));
                        }));
    }

    private Set<String> holders(Scope scope) {
        return live.newest().map(World::processingUnits).stream()
                .flatMap(units -> units.values().stream())
                .filter(unit -> scope.reaches(unit.namespace(), false))
                .map(ProcessingUnit::enforcerId)
                .filter(id -> !id.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Selection identified(Set<String> ids) {
        return Selection.of(Scope.everywhere())
                .where(
                        new Filter.AnyOf(
                                "ID",
                                ids.stream().<Filter.Value>map(Filter.Value.Text::new).toList(),
                                false));
    }

    private static List<ConcernedEnforcer> both(
            List<ObjectNode> own, List<ObjectNode> others, String namespace) {
        String tenant = Partitioning.tenantOf(namespace);
        List<ConcernedEnforcer> all = new ArrayList<>();
        own.forEach(each -> all.add(ConcernedEnforcer.of(each)));
        others.stream()
                .map(ConcernedEnforcer::of)
                .filter(each -> Partitioning.tenantOf(each.namespace()).equals(tenant))
                .forEach(each -> all.add(each.withoutName()));
        return all;
    }
}
