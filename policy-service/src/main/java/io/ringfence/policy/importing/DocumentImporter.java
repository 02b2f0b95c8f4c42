package io.ringfence.policy.importing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.behaviour.ObjectWriter;
import io.ringfence.protocol.behaviour.Outcome;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.behaviour.Transaction.Labelled;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.declaration.ObjectCheck;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Makes a namespace hold, of one label, exactly what a document holds: all of it or nothing.
/// Objects are recognized by their name within the label, several of one name in their order; what
/// is equal already stays untouched, what the document lacks goes.
@ApplicationScoped
class DocumentImporter {
    private final Transactions transactions;
    private final ObjectWriter writer;
    private final ImportableResources importable;

    DocumentImporter(
            Transactions transactions, ObjectWriter writer, ImportableResources importable) {
        this.transactions = transactions;
        this.writer = writer;
        this.importable = importable;
    }

    Uni<ImportOutcome> run(ImportDocument document, Caller caller) {
        String label = document.label();
        return transactions
                .run(transaction ->
                        transaction
                                .exclusively("import %s %s".formatted(caller.namespace(), label))
                                .chain(() -> transaction.labelled(caller.namespace(), label))
                                .chain(present ->
                                        new Run(caller, transaction.labelling(label))
                                                .all(document, present)))
                .invoke(outcome -> {
                    outcome.created().forEach(writer::committed);
                    outcome.updated().forEach(writer::committed);
                    outcome.deleted().forEach(writer::committed);
                });
    }

    /// One import under way.
    private final class Run {
        private final Caller caller;
        private final Transaction transaction;
        private final List<Outcome> created = new ArrayList<>();
        private final List<Outcome> updated = new ArrayList<>();
        private final List<Outcome> deleted = new ArrayList<>();
        private int unchanged;

        Run(Caller caller, Transaction transaction) {
            this.caller = caller;
            this.transaction = transaction;
        }

        Uni<ImportOutcome> all(ImportDocument document, List<Labelled> present) {
            Map<String, List<ObjectNode>> left = new HashMap<>();
            present.forEach(each ->
                    left.computeIfAbsent(
                                    key(each.identity(), each.object()), _ -> new ArrayList<>())
                            .add(each.object()));
            List<Supplier<Uni<?>>> steps = new ArrayList<>();
            document.objects()
                    .forEach((resource, objects) -> {
                        for (int i = 0; i < objects.size(); i++) {
                            steps.add(step(resource, i, objects.get(i), left));
                        }
                    });
            steps.add(() -> removeAll(present, left));
            return inOrder(steps)
                    .replaceWith(() -> new ImportOutcome(created, updated, deleted, unchanged));
        }

        private Supplier<Uni<?>> step(
                ResourceDeclaration resource,
                int index,
                ObjectNode sent,
                Map<String, List<ObjectNode>> left) {
            List<ObjectNode> same = left.getOrDefault(key(resource.identity(), sent), List.of());
            ObjectNode own = own(resource, sent);
            if (same.isEmpty()) {
                require("post", resource);
                return () -> explained(resource, index, () -> create(resource, own));
            }
            ObjectNode stored = same.removeFirst();
            require("post", resource);
            return () -> explained(resource, index, () -> update(resource, own, stored));
        }

        private Uni<?> create(ResourceDeclaration resource, ObjectNode object) {
            return writer.create(resource, caller, object, transaction).invoke(created::add);
        }

        private Uni<?> update(ResourceDeclaration resource, ObjectNode own, ObjectNode stored) {
            if (ObjectCheck.forReplace(resource, own, stored).equals(stored)) {
                unchanged++;
                return Uni.createFrom().voidItem();
            }
            String id = stored.path("ID").asText();
            return writer.update(resource, caller, id, own, false, true, transaction)
                    .invoke(updated::add);
        }

        private Uni<?> removeAll(List<Labelled> present, Map<String, List<ObjectNode>> left) {
            List<Supplier<Uni<?>>> steps = new ArrayList<>();
            for (Labelled each : present) {
                List<ObjectNode> missing =
                        left.getOrDefault(key(each.identity(), each.object()), List.of());
                if (missing.contains(each.object())) {
                    steps.add(() -> remove(each));
                }
            }
            return inOrder(steps);
        }

        private Uni<?> remove(Labelled gone) {
            ResourceDeclaration resource = importable.identified(gone.identity()).orElseThrow();
            require("delete", resource);
            String id = gone.object().path("ID").asText();
            return writer.delete(resource, caller, id, true, transaction).invoke(deleted::add);
        }

        private void require(String verb, ResourceDeclaration resource) {
            if (!caller.may(verb, resource.identity())) {
                throw Fault.forbidden(
                                "The document contains %s, and you may not %s those in %s"
                                        .formatted(
                                                resource.plural(),
                                                verb.equals("post") ? "create" : "delete",
                                                caller.namespace()))
                        .asException();
            }
        }
    }

    private static String key(String identity, ObjectNode object) {
        return identity + " " + object.path("name").asText();
    }

    /// Without what the console fills in, which an exported object may still carry.
    private static ObjectNode own(ResourceDeclaration resource, ObjectNode sent) {
        ObjectNode own = sent.deepCopy();
        resource.attributes().values().stream()
                .filter(Attribute::isReadOnly)
                .forEach(each -> own.remove(each.name()));
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
    private static Uni<?> explained(
            ResourceDeclaration resource, int index, Supplier<Uni<?>> step) {
        return Uni.createFrom()
                .deferred(() -> step.get().replaceWith(true))
                .onFailure(ApiException.class)
                .transform(failure ->
                        new ApiException(
                                ((ApiException) failure)
                                        .faults().stream()
                                                .map(fault ->
                                                        fault.within(
                                                                "data.%s[%d]"
                                                                        .formatted(
                                                                                resource.plural(),
                                                                                index)))
                                                .toList()));
    }
}
