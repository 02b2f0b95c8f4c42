package io.ringfence.identity.namespaces;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.arc.All;
import io.ringfence.identity.grammar.NamespaceName;
import io.ringfence.protocol.behaviour.Change;
import io.ringfence.protocol.behaviour.ResourceBehaviour;
import io.ringfence.protocol.behaviour.Resources;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.error.Fault;
import io.ringfence.protocol.query.Scope;
import io.ringfence.protocol.query.Selection;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/// A new namespace gets its absolute name and, as a tenant, discovery mode; one that is not empty
/// stays, unless the caller insists that everything goes with it. The parent's row is locked while
/// a child is made, so that it cannot go meanwhile.
@Singleton
final class NamespaceBehaviour implements ResourceBehaviour {
    private static final String NAME = "name";
    private static final String TENANT = "Tenant";

    private final List<ResourceDeclaration> kept;
    private final Resources resources;

    /// @param resources asked when everything is there: this is part of it
    NamespaceBehaviour(@All List<ResourceDeclaration> kept, Resources resources) {
        this.kept = kept;
        this.resources = resources;
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
        if (create.object().path(NamespaceResource.TYPE).asText().equals(TENANT)
                && !child.isTenant()) {
            throw Fault.invalid(
                            NamespaceResource.TYPE,
                            "Attribute 'type' is Tenant only directly below /, and %s is not"
                                    .formatted(child.absolute()))
                    .asException();
        }
        return Existence.held(parent, create.transaction())
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
        return delete.override() ? takeAlong(name, delete) : refuseWhileKept(name, delete);
    }

    private Uni<Void> refuseWhileKept(String name, Change delete) {
        Uni<Void> checked = Uni.createFrom().voidItem();
        for (ResourceDeclaration resource : kept) {
            checked =
                    checked.chain(() ->
                                    delete.transaction()
                                            .count(resource, Selection.of(Scope.only(name))))
                            .invoke(count -> refuse(name, resource, count))
                            .replaceWithVoid();
        }
        return checked;
    }

    private static void refuse(String name, ResourceDeclaration resource, long count) {
        if (count > 0) {
            throw Fault.invalid(
                            NAME,
                            "Namespace %s still has %d %s: delete them first, or repeat with override=true to delete everything in and below it"
                                    .formatted(name, count, resource.plural()))
                    .asException();
        }
    }

    /// Everything in the namespace and below it, protected or not, if the caller may delete each of
    /// it. Each resource's own hook runs, except that of namespaces: what is in them is among what
    /// goes already.
    private Uni<Void> takeAlong(String name, Change delete) {
        Uni<Void> work = Uni.createFrom().voidItem();
        for (ResourceDeclaration resource : kept) {
            work =
                    work.chain(() ->
                                    delete.transaction()
                                            .list(resource, Selection.of(Scope.under(name))))
                            .chain(found -> takeAlong(resource, found, delete));
        }
        return work;
    }

    private Uni<Void> takeAlong(
            ResourceDeclaration resource, List<ObjectNode> found, Change delete) {
        if (!found.isEmpty() && !delete.caller().may("delete", resource.identity())) {
            throw Fault.forbidden(
                            "Deleting the namespace would delete %d %s, and you may not delete them"
                                    .formatted(found.size(), resource.plural()))
                    .asException();
        }
        Uni<Void> work = Uni.createFrom().voidItem();
        for (ObjectNode object : found) {
            work =
                    work.chain(() -> prepare(resource, object, delete))
                            .chain(() -> delete.transaction().delete(resource, object));
        }
        return work;
    }

    private Uni<Void> prepare(ResourceDeclaration resource, ObjectNode object, Change delete) {
        return resource.identity().equals(identity())
                ? Uni.createFrom().voidItem()
                : resources
                        .behaviour(resource)
                        .beforeDelete(
                                Change.of(
                                        resource,
                                        delete.caller(),
                                        object,
                                        object,
                                        true,
                                        delete.transaction()));
    }
}
