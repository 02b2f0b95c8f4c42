package io.ringfence.policy.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.policy.document.DocumentResources;
import io.ringfence.policy.document.ImportDocument;
import io.ringfence.policy.document.ImportDocument.Item;
import io.ringfence.protocol.behaviour.Difference;
import io.ringfence.protocol.behaviour.ObjectWriter;
import io.ringfence.protocol.behaviour.Outcome;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.behaviour.Transaction.Labelled;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.declaration.ObjectCheck;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// One import under way: first what has to be done to each object, whether that is possible and
/// whether the caller may; then it is done, one object after the other.
final class ImportRun {
    private static final int MOST_FAULTS = 50;

    /// Of one name; more are paired in their order, or a document of equal names would take for
    /// ever.
    private static final int MOST_COMPARED = 100;

    private final ObjectWriter writer;
    private final DocumentResources resources;
    private final Caller caller;
    private final boolean override;
    private final Transaction transaction;
    private final List<Fault> faults = new ArrayList<>();
    private final List<Outcome> created = new ArrayList<>();
    private final List<Outcome> updated = new ArrayList<>();
    private final List<Outcome> deleted = new ArrayList<>();
    private int unchanged;

    /// @param transaction labelling what is written with the document's label
    ImportRun(
            ObjectWriter writer,
            DocumentResources resources,
            Caller caller,
            boolean override,
            Transaction transaction) {
        this.writer = writer;
        this.resources = resources;
        this.caller = caller;
        this.override = override;
        this.transaction = transaction;
    }

    /// What has to be done. Takes its time and touches nothing, so it need not hold an event loop.
    ///
    /// @param present what earlier imports of the label brought
    /// @throws ApiException 403 or 422, naming each object that cannot go in
    List<Supplier<Uni<?>>> steps(ImportDocument document, List<Labelled> present) {
        Map<Key, Deque<Labelled>> left = new LinkedHashMap<>();
        present.forEach(
                each -> left.computeIfAbsent(Key.of(each), _ -> new ArrayDeque<>()).add(each));
        List<Pending> pending = new ArrayList<>();
        document.objects()
                .forEach((resource, items) ->
                        items.stream()
                                .map(item ->
                                        new Pending(resource, item, own(resource, item.object())))
                                .filter(each -> !isThere(each, left))
                                .forEach(pending::add));
        List<Supplier<Uni<?>>> steps = new ArrayList<>();
        pending.forEach(each -> step(each, left).ifPresent(steps::add));
        left.values().forEach(gone -> gone.forEach(each -> steps.add(removal(each))));
        if (!faults.isEmpty()) {
            throw new ApiException(faults);
        }
        return steps;
    }

    Uni<ImportOutcome> all(List<Supplier<Uni<?>>> steps, ImportDocument document) {
        return inOrder(steps)
                .replaceWith(() ->
                        new ImportOutcome(
                                created, updated, deleted, unchanged, document.skipped()));
    }

    /// An object of the document, and what of it its author wrote.
    private record Pending(ResourceDeclaration resource, Item item, ObjectNode own) {
        Key key() {
            return new Key(resource.identity(), item.name());
        }
    }

    /// Takes away the stored object that is equal, if there is one. Of several of one name those
    /// that stay are found first, wherever they stand.
    private boolean isThere(Pending wanted, Map<Key, Deque<Labelled>> left) {
        Deque<Labelled> same = left.get(wanted.key());
        if (same == null) {
            return false;
        }
        Optional<Labelled> equal =
                same.stream()
                        .limit(MOST_COMPARED)
                        .filter(each -> isEqual(wanted, each.object()))
                        .findFirst();
        if (equal.isEmpty()) {
            return false;
        }
        same.remove(equal.get());
        require("put", "change", wanted.resource(), wanted.item().shown());
        unchanged++;
        return true;
    }

    private static boolean isEqual(Pending wanted, ObjectNode stored) {
        try {
            ObjectNode replaced = ObjectCheck.forReplace(wanted.resource(), wanted.own(), stored);
            return Difference.between(wanted.resource(), stored, replaced).tree().isEmpty();
        } catch (ApiException isSaidWhenItIsWritten) {
            return false;
        }
    }

    private Optional<Supplier<Uni<?>>> step(Pending wanted, Map<Key, Deque<Labelled>> left) {
        ResourceDeclaration resource = wanted.resource();
        String shown = wanted.item().shown();
        ObjectNode own = wanted.own();
        Optional<ObjectNode> stored =
                Optional.ofNullable(left.get(wanted.key()))
                        .map(Deque::pollFirst)
                        .map(Labelled::object);
        try {
            if (stored.isEmpty()) {
                require("post", "create", resource, shown);
                ObjectCheck.forCreate(resource, own);
                return Optional.of(() -> explained(shown, () -> create(resource, own)));
            }
            require("put", "change", resource, shown);
            ObjectCheck.forReplace(resource, own, stored.get());
            String id = stored.get().path("ID").asText();
            return Optional.of(() -> explained(shown, () -> update(resource, own, id)));
        } catch (ApiException refusal) {
            refusal.faults().forEach(fault -> add(fault.within(shown)));
            return Optional.empty();
        }
    }

    private Supplier<Uni<?>> removal(Labelled gone) {
        ResourceDeclaration resource = resources.identified(gone.identity()).orElseThrow();
        ObjectNode object = gone.object();
        String shown =
                "%s '%s', which the document does not hold any more"
                        .formatted(resource.identity(), object.path("name").asText());
        require("delete", "delete", resource, shown);
        String id = object.path("ID").asText();
        return () ->
                explained(
                        shown,
                        () ->
                                writer.delete(resource, caller, id, override, transaction)
                                        .invoke(deleted::add));
    }

    private Uni<?> create(ResourceDeclaration resource, ObjectNode object) {
        return writer.create(resource, caller, object, transaction).invoke(created::add);
    }

    private Uni<?> update(ResourceDeclaration resource, ObjectNode own, String id) {
        return writer.update(resource, caller, id, own, false, override, transaction)
                .invoke(updated::add);
    }

    private void require(String verb, String word, ResourceDeclaration resource, String shown) {
        if (!caller.may(verb, resource.identity())) {
            add(
                    Fault.forbidden(
                            "%s: you may not %s %s in %s; nothing was imported"
                                    .formatted(
                                            shown, word, resource.plural(), caller.namespace())));
        }
    }

    private void add(Fault fault) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(fault);
        }
    }

    /// Objects are recognized by their name, several of one name in their order.
    private record Key(String identity, String name) {
        static Key of(Labelled labelled) {
            return new Key(labelled.identity(), labelled.object().path("name").asText());
        }
    }

    /// Without what the console fills in, which an exported object may still carry.
    private static ObjectNode own(ResourceDeclaration resource, ObjectNode sent) {
        Map<String, JsonNode> kept = new HashMap<>();
        sent.properties().forEach(each -> kept.put(each.getKey(), each.getValue()));
        resource.attributes().values().stream()
                .filter(Attribute::isReadOnly)
                .forEach(each -> kept.remove(each.name()));
        ObjectNode own = sent.objectNode();
        own.setAll(kept);
        return own;
    }

    /// One after the other; a list of thousands must not nest as deep.
    private static Uni<Void> inOrder(List<Supplier<Uni<?>>> steps) {
        return Multi.createFrom()
                .iterable(steps)
                .onItem()
                .transformToUniAndConcatenate(
                        step -> Uni.createFrom().deferred(step::get).replaceWith(true))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /// Says which object of the document a fault is about.
    private static Uni<?> explained(String shown, Supplier<Uni<?>> step) {
        return Uni.createFrom()
                .deferred(() -> step.get().replaceWith(true))
                .onFailure(ApiException.class)
                .transform(failure ->
                        new ApiException(
                                ((ApiException) failure)
                                        .faults().stream()
                                                .map(fault -> fault.within(shown))
                                                .toList()));
    }
}
