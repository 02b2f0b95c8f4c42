package io.ringfence.identity.namespaces;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.arc.All;
import io.ringfence.identity.grammar.NamespaceName;
import io.ringfence.protocol.behaviour.Change;
import io.ringfence.protocol.behaviour.ResourceBehaviour;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.error.Fault;
import io.ringfence.protocol.query.Scope;
import io.ringfence.protocol.query.Selection;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/// A new namespace gets its absolute name and, as a tenant, discovery mode; one that is not empty
/// stays. The parent's row is locked while a child is made, so that it cannot go meanwhile.
@Singleton
final class NamespaceBehaviour implements ResourceBehaviour {
    private static final String NAME = "name";

    private final List<ResourceDeclaration> kept;

    NamespaceBehaviour(@All List<ResourceDeclaration> resources) {
        this.kept = resources;
    }

    @Override
    public String identity() {
        return NamespaceResource.DECLARATION.identity();
    }

    @Override
    public Uni<ObjectNode> beforeCreate(Change create) {
        if (create.namespace().equals(RootNamespace.NOWHERE)) {
            return Uni.createFrom().item(create.object());
        }
        NamespaceName parent = new NamespaceName(create.namespace());
        NamespaceName child;
        try {
            child = parent.child(create.object().path(NAME).asText());
        } catch (IllegalArgumentException e) {
            return Uni.createFrom()
                    .failure(
                            Fault.invalid(NAME, "Attribute 'name' is not right: " + e.getMessage())
                                    .asException());
        }
        return Existence.locked(parent, create.transaction())
                .map(_ -> completed(create.object(), child));
    }

    private static ObjectNode completed(ObjectNode object, NamespaceName name) {
        object.put(NAME, name.absolute());
        if (name.isTenant()) {
            discover(object, NamespaceResource.INCOMING);
            discover(object, NamespaceResource.OUTGOING);
        }
        return object;
    }

    /// A tenant starts in discovery mode (DESIGN §4.11): nothing, or `Inherit`, means `Allow`.
    private static void discover(ObjectNode tenant, String action) {
        if (tenant.path(action).asText("Inherit").equals("Inherit")) {
            tenant.put(action, "Allow");
        }
    }

    @Override
    public Uni<Void> beforeDelete(Change delete) {
        String name = delete.object().path(NAME).asText();
        Uni<Void> checked = Uni.createFrom().voidItem();
        for (ResourceDeclaration resource : kept) {
            checked = checked.flatMap(_ -> refuseWhileKept(resource, name, delete.transaction()));
        }
        return checked;
    }

    private static Uni<Void> refuseWhileKept(
            ResourceDeclaration resource, String namespace, Transaction transaction) {
        return transaction
                .count(resource, Selection.of(Scope.only(namespace)))
                .map(count -> {
                    if (count > 0) {
                        throw Fault.invalid(
                                        NAME,
                                        "Namespace %s still has %d %s: delete them first"
                                                .formatted(namespace, count, resource.plural()))
                                .asException();
                    }
                    return count;
                })
                .replaceWithVoid();
    }
}
