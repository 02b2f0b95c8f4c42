package io.ringfence.policy.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.policy.namespaces.KnownNamespaces;
import io.ringfence.protocol.behaviour.Change;
import io.ringfence.protocol.behaviour.ObjectId;
import io.ringfence.protocol.behaviour.ResourceBehaviour;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import io.ringfence.protocol.query.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/// A mapping leads down, to a namespace that exists, and takes effect at once on the units there
/// are.
@ApplicationScoped
class MappingBehaviour implements ResourceBehaviour {
    private static final String TARGET = "mappedNamespace";

    private final UnitMapping units;
    private final KnownNamespaces namespaces;

    MappingBehaviour(UnitMapping units, KnownNamespaces namespaces) {
        this.units = units;
        this.namespaces = namespaces;
    }

    @Override
    public String identity() {
        return MappingIdentity.NAMESPACE_MAPPING;
    }

    @Override
    public Uni<ObjectNode> beforeCreate(Change create) {
        create.object().put("ID", ObjectId.fresh());
        return checked(create).chain(() -> remapped(create));
    }

    @Override
    public Uni<ObjectNode> beforeUpdate(Change update) {
        return checked(update).chain(() -> remapped(update));
    }

    @Override
    public Uni<Void> beforeDelete(Change delete) {
        return UnitMapping.exclusively(delete.namespace(), delete.transaction())
                .chain(() ->
                        units.remap(
                                delete.namespace(),
                                stored -> without(delete.object(), stored),
                                delete.transaction()));
    }

    private Uni<Void> checked(Change change) {
        String from = change.namespace();
        String target = change.object().path(TARGET).asText();
        if (from.equals("/")) {
            throw refuse(
                    "cannot be set in /: the namespaces below / are tenants, and a processing unit"
                            + " stays in its tenant");
        }
        if (target.equals(from) || Scope.isBelow(from, target)) {
            throw refuse(
                    "would lead in a circle, from %s to %s: name a namespace below %s"
                            .formatted(from, target, from));
        }
        if (!Scope.isBelow(target, from)) {
            throw refuse("must name a namespace below %s".formatted(from));
        }
        return namespaces
                .exists(target)
                .invoke(exists -> {
                    if (!exists) {
                        throw refuse("names %s, which does not exist".formatted(target));
                    }
                })
                .replaceWithVoid();
    }

    private static ApiException refuse(String sentence) {
        return Fault.invalid(TARGET, "Attribute '%s' %s".formatted(TARGET, sentence)).asException();
    }

    private Uni<ObjectNode> remapped(Change change) {
        ObjectNode mapping = change.object();
        return UnitMapping.exclusively(change.namespace(), change.transaction())
                .chain(() ->
                        units.remap(
                                change.namespace(),
                                stored -> {
                                    List<ObjectNode> all = without(mapping, stored);
                                    all.add(mapping);
                                    all.sort(UnitMapping.OLDEST_FIRST);
                                    return all;
                                },
                                change.transaction()))
                .replaceWith(mapping);
    }

    private static List<ObjectNode> without(ObjectNode mapping, List<ObjectNode> stored) {
        List<ObjectNode> others = new ArrayList<>(stored);
        others.removeIf(each -> each.path("ID").equals(mapping.path("ID")));
        return others;
    }
}
