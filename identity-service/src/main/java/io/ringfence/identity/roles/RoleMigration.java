package io.ringfence.identity.roles;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.behaviour.Resources;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.filter.Filter;
import io.ringfence.protocol.query.Scope;
import io.ringfence.protocol.query.Selection;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Replaces one role by another wherever it is given, in a namespace and below. Protected objects
/// are passed over unless it overrides.
@Singleton
final class RoleMigration {
    /// Where roles are given.
    private static final Map<String, String> ATTRIBUTES =
            Map.of("apiauthorizationpolicy", "authorizedIdentities", "appcredential", "roles");

    private final Resources resources;

    RoleMigration(Resources resources) {
        this.resources = resources;
    }

    /// @param dryRun changes nothing, and answers what would be
    record Order(String from, String to, String namespace, boolean override, boolean dryRun) {}

    /// Answers `changed` and `skipped`, each a list of `identity`, `ID`, `namespace` and `name`.
    Uni<ObjectNode> carryOut(Order order, Transaction transaction) {
        ObjectNode report =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("from", order.from())
                        .put("to", order.to())
                        .put("dryRun", order.dryRun());
        report.putArray("changed");
        report.putArray("skipped");
        Uni<Void> work = Uni.createFrom().voidItem();
        for (String identity : ATTRIBUTES.keySet().stream().sorted().toList()) {
            for (ResourceDeclaration resource : resources.identified(identity).stream().toList()) {
                work = work.chain(() -> migrate(resource, order, report, transaction));
            }
        }
        return work.replaceWith(report);
    }

    private static Uni<Void> migrate(
            ResourceDeclaration resource, Order order, ObjectNode report, Transaction transaction) {
        String attribute = ATTRIBUTES.getOrDefault(resource.identity(), "");
        Selection giving =
                Selection.of(Scope.under(order.namespace()))
                        .where(Filter.contains(attribute, order.from()));
        return transaction
                .list(resource, giving)
                .chain(found -> {
                    Uni<Void> work = Uni.createFrom().voidItem();
                    for (ObjectNode object : found) {
                        boolean skipped = object.path("protected").asBoolean() && !order.override();
                        ((ArrayNode) report.path(skipped ? "skipped" : "changed"))
                                .add(named(resource, object));
                        if (!skipped && !order.dryRun()) {
                            work =
                                    work.chain(() ->
                                            replace(
                                                    resource,
                                                    object.path("ID").asText(),
                                                    order,
                                                    transaction));
                        }
                    }
                    return work;
                });
    }

    /// Somebody may have changed the object since it was found.
    private static Uni<Void> replace(
            ResourceDeclaration resource, String id, Order order, Transaction transaction) {
        return transaction
                .lock(resource, id)
                .chain(locked ->
                        locked.isEmpty()
                                ? Uni.createFrom().voidItem()
                                : transaction
                                        .update(resource, replaced(resource, locked.get(), order))
                                        .replaceWithVoid());
    }

    private static ObjectNode replaced(
            ResourceDeclaration resource, ObjectNode object, Order order) {
        String attribute = ATTRIBUTES.getOrDefault(resource.identity(), "");
        List<String> roles = new ArrayList<>();
        for (JsonNode each : object.path(attribute)) {
            String role = each.asText().equals(order.from()) ? order.to() : each.asText();
            if (!roles.contains(role)) {
                roles.add(role);
            }
        }
        ArrayNode list = object.putArray(attribute);
        roles.forEach(list::add);
        return object;
    }

    private static ObjectNode named(ResourceDeclaration resource, ObjectNode object) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("identity", resource.identity())
                .put("ID", object.path("ID").asText())
                .put("namespace", object.path("namespace").asText())
                .put("name", object.path("name").asText());
    }
}
