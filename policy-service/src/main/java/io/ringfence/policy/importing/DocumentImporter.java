package io.ringfence.policy.importing;

import io.ringfence.policy.document.DocumentResources;
import io.ringfence.policy.document.DocumentWork;
import io.ringfence.policy.document.ImportDocument;
import io.ringfence.protocol.behaviour.Change;
import io.ringfence.protocol.behaviour.ObjectWriter;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.caller.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/// Makes a namespace hold, of one label, exactly what a document holds: all of it or nothing. What
/// is equal already stays untouched, what the document lacks goes.
@ApplicationScoped
public class DocumentImporter {
    private final Transactions transactions;
    private final ObjectWriter writer;
    private final DocumentResources resources;
    private final DocumentWork work;

    DocumentImporter(
            Transactions transactions,
            ObjectWriter writer,
            DocumentResources resources,
            DocumentWork work) {
        this.transactions = transactions;
        this.writer = writer;
        this.resources = resources;
        this.work = work;
    }

    /// In a transaction of its own.
    Uni<ImportOutcome> run(ImportDocument document, Caller caller, boolean override) {
        return transactions
                .run(transaction -> within(transaction, document, caller, override))
                .invoke(outcome -> outcome.changes().forEach(writer::committed));
    }

    /// What [#run] would do now.
    Uni<ImportOutcome> plan(ImportDocument document, Caller caller, boolean override) {
        return transactions.rehearse(
                transaction -> within(transaction, document, caller, override));
    }

    /// Together with the change of another object, as the same caller.
    public Uni<ImportOutcome> within(Change change, ImportDocument document) {
        return within(change.transaction(), document, change.caller(), change.override())
                .invoke(outcome -> {
                    change.along().addAll(outcome.changes().toList());
                    outcome.messages().forEach(change::say);
                });
    }

    /// @param override touches protected objects too
    private Uni<ImportOutcome> within(
            Transaction transaction, ImportDocument document, Caller caller, boolean override) {
        String label = document.label();
        return transaction
                .exclusively("import %s %s".formatted(caller.namespace(), label))
                .chain(() -> transaction.labelled(caller.namespace(), label))
                .chain(present -> {
                    ImportRun run =
                            new ImportRun(
                                    writer,
                                    resources,
                                    caller,
                                    override,
                                    transaction.labelling(label));
                    return work.away(() -> run.steps(document, present))
                            .chain(steps -> run.all(steps, document));
                });
    }

    /// A document that takes away all that its label brought.
    public static ImportDocument nothing(String label) {
        return new ImportDocument(label, Map.of(), List.of());
    }
}
