package io.ringfence.protocol.behaviour;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.declaration.ObjectCheck;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.error.Fault;
import io.ringfence.protocol.query.Scope;
import io.ringfence.protocol.query.Selection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The one path of every change: check against the declaration, the resource's hooks, the tags, the
/// store. Runs inside a transaction of the caller's; [#committed] follows once that has committed.
@ApplicationScoped
public class ObjectWriter {
    private final Resources resources;

    ObjectWriter(Resources resources) {
        this.resources = resources;
    }

    public Uni<Outcome> create(
            ResourceDeclaration resource, Caller caller, ObjectNode sent, Transaction transaction) {
        return create(resource, caller, sent, object -> {}, transaction);
    }

    /// @param completing what the console knows of the object beyond what was sent
    public Uni<Outcome> create(
            ResourceDeclaration resource,
            Caller caller,
            ObjectNode sent,
            Consumer<ObjectNode> completing,
            Transaction transaction) {
        ObjectNode object = ObjectCheck.forCreate(resource, sent);
        object.put("namespace", caller.namespace());
        completing.accept(object);
        Change change =
                Change.creating(
                        resource,
                        caller,
                        caller.namespace(),
                        object,
                        transaction.signed(Signature.of(caller)));
        ResourceBehaviour behaviour = resources.behaviour(resource);
        return behaviour
                .sameAs(change)
                .chain(same ->
                        same.isPresent()
                                ? again(change, same.get(), sent)
                                : insert(behaviour, change));
    }

    private Uni<Outcome> insert(ResourceBehaviour behaviour, Change change) {
        return behaviour
                .beforeCreate(change)
                .map(object -> {
                    if (object.path("ID").asText("").isEmpty()) {
                        object.put("ID", ObjectId.fresh());
                    }
                    keyed(change, object, "createIdempotencyKey");
                    return tagged(behaviour, change.declaration(), object);
                })
                .chain(object ->
                        change.declaration().isKept()
                                ? change.signed().insert(change.declaration(), object)
                                : change.signed().pass(change.declaration(), object))
                .map(stored -> new Outcome(change, stored));
    }

    /// A create that means an existing object: an update with what was sent, except that what is
    /// fixed at creation stays.
    private Uni<Outcome> again(Change create, String id, ObjectNode sent) {
        ResourceDeclaration resource = create.declaration();
        return lock(resource, create.namespace(), id, create.transaction())
                .chain(found -> {
                    ObjectNode stored =
                            found.orElseThrow(() -> missing(resource, id).asException());
                    ObjectNode changes = sent.deepCopy();
                    resource.attributes().values().stream()
                            .filter(each -> each.isReadOnly() || each.isCreateOnly())
                            .forEach(each -> changes.remove(each.name()));
                    ObjectNode object = ObjectCheck.forPatch(resource, changes, stored);
                    Change update =
                            Change.of(
                                    resource,
                                    create.caller(),
                                    object,
                                    stored,
                                    false,
                                    create.transaction());
                    create.messages().all().forEach(update::say);
                    return store(update);
                });
    }

    /// PUT or PATCH.
    ///
    /// @param override touches protected objects too
    public Uni<Outcome> update(
            ResourceDeclaration resource,
            Caller caller,
            String id,
            ObjectNode sent,
            boolean sparse,
            boolean override,
            Transaction transaction) {
        return lock(resource, caller.namespace(), id, transaction)
                .map(found -> changeable(resource, caller, id, override, found))
                .chain(stored -> {
                    ObjectNode object =
                            sparse
                                    ? ObjectCheck.forPatch(resource, sent, stored)
                                    : ObjectCheck.forReplace(resource, sent, stored);
                    return store(
                            Change.of(
                                    resource,
                                    caller,
                                    object,
                                    stored,
                                    override,
                                    transaction.signed(Signature.of(caller))));
                });
    }

    private Uni<Outcome> store(Change change) {
        ResourceBehaviour behaviour = resources.behaviour(change.declaration());
        return behaviour
                .beforeUpdate(change)
                .map(object -> {
                    keyed(change, object, "updateIdempotencyKey");
                    return tagged(behaviour, change.declaration(), object);
                })
                .chain(object -> change.signed().update(change.declaration(), object))
                .map(stored -> new Outcome(change, stored));
    }

    public Uni<Outcome> delete(
            ResourceDeclaration resource,
            Caller caller,
            String id,
            boolean override,
            Transaction transaction) {
        return lock(resource, caller.namespace(), id, transaction)
                .map(found -> changeable(resource, caller, id, override, found))
                .chain(stored -> {
                    Change change =
                            Change.of(
                                    resource,
                                    caller,
                                    stored,
                                    stored,
                                    override,
                                    transaction.signed(Signature.of(caller)));
                    return resources
                            .behaviour(resource)
                            .beforeDelete(change)
                            .chain(() -> change.signed().delete(resource, stored))
                            .replaceWith(new Outcome(change, stored));
                });
    }

    /// Deletes everything that is selected, one after the other: all of it or nothing.
    ///
    /// @param most more than that are refused with 422, since they have to fit one transaction
    public Uni<List<Outcome>> deleteAll(
            ResourceDeclaration resource,
            Caller caller,
            Selection selection,
            int most,
            boolean override,
            Transaction transaction) {
        return transaction
                .list(resource, selection.firstOnly(most + 1))
                .chain(found -> {
                    if (found.size() > most) {
                        throw Fault.invalid(
                                        "q",
                                        "The filter matches more than %d %s; narrow it"
                                                .formatted(most, resource.plural()))
                                .asException();
                    }
                    return Multi.createFrom()
                            .iterable(found)
                            .onItem()
                            .transformToUniAndConcatenate(object ->
                                    delete(
                                            resource,
                                            caller,
                                            object.path("ID").asText(),
                                            override,
                                            transaction))
                            .collect()
                            .asList();
                });
    }

    /// What the client is answered.
    public ObjectNode answer(Outcome outcome) {
        return outcome.answer(resources);
    }

    /// The same without what is shown only once.
    public ObjectNode shown(Outcome outcome) {
        return resources.shown(outcome.change().declaration(), outcome.stored());
    }

    /// Tells the resource's behaviour; call it after the commit.
    public void committed(Outcome outcome) {
        outcome.change().along().forEach(this::committed);
        resources
                .behaviour(outcome.change().declaration())
                .afterCommit(outcome.change(), outcome.stored());
    }

    private Uni<Optional<ObjectNode>> lock(
            ResourceDeclaration resource, String namespace, String id, Transaction transaction) {
        return resources
                .behaviour(resource)
                .togetherWith(namespace)
                .map(text -> transaction.lock(resource, id, text))
                .orElseGet(() -> transaction.lock(resource, id));
    }

    private static ObjectNode changeable(
            ResourceDeclaration resource,
            Caller caller,
            String id,
            boolean override,
            Optional<ObjectNode> found) {
        ObjectNode stored =
                found.filter(each -> isVisible(each, caller.namespace()))
                        .orElseThrow(() -> missing(resource, id).asException());
        if (stored.path("protected").asBoolean() && !override) {
            throw Fault.invalid("protected", "The object is protected; repeat with override=true")
                    .asException();
        }
        return stored;
    }

    /// One object of the scope's namespaces, as it is shown; an object of another namespace behaves
    /// as not found.
    ///
    /// @param found what is stored under the id
    public ObjectNode shown(
            ResourceDeclaration resource, Scope scope, String id, Optional<ObjectNode> found) {
        return resources.shown(resource, reached(resource, scope, id, found));
    }

    /// The same as it is stored.
    public Uni<ObjectNode> stored(
            ResourceDeclaration resource, Scope scope, String id, Transaction transaction) {
        return transaction.find(resource, id).map(found -> reached(resource, scope, id, found));
    }

    private static ObjectNode reached(
            ResourceDeclaration resource, Scope scope, String id, Optional<ObjectNode> found) {
        return found.filter(object -> scope.reaches(resource, object))
                .orElseThrow(() -> missing(resource, id).asException());
    }

    private static boolean isVisible(ObjectNode object, String namespace) {
        return object.path("namespace").asText().equals(namespace);
    }

    private static void keyed(Change change, ObjectNode object, String attribute) {
        String key = change.caller().tracking().idempotencyKey();
        if (!key.isEmpty()) {
            object.put(attribute, key);
        }
    }

    private static ObjectNode tagged(
            ResourceBehaviour behaviour, ResourceDeclaration resource, ObjectNode object) {
        if (resource.has("normalizedTags")) {
            object.set(
                    "normalizedTags",
                    NormalizedTags.of(resource, object, behaviour.derivedTags(object)));
        }
        return object;
    }

    static Fault missing(ResourceDeclaration resource, String id) {
        String shown = Optional.of(id).filter(ObjectId::isId).orElse("given");
        return Fault.notFound(
                "There is no %s with the id %s in this namespace"
                        .formatted(resource.identity(), shown));
    }
}
