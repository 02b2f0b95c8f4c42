package io.ringfence.policy.exporting;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.policy.document.ImportDocument;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.error.Fault;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;

/// Reads what is to be exported, all of it as it was at one time.
@ApplicationScoped
class DocumentExporter {
    private static final Comparator<ObjectNode> BY_NAME =
            Comparator.comparing((ObjectNode each) -> each.path("name").asText())
                    .thenComparing(ObjectNode::toString);

    private final Transactions transactions;

    DocumentExporter(Transactions transactions) {
        this.transactions = transactions;
    }

    /// One document for each of the namespaces, in their order.
    Uni<List<ObjectNode>> run(ExportRequest request, List<String> namespaces) {
        return transactions.run(transaction ->
                Multi.createFrom()
                        .iterable(namespaces)
                        .onItem()
                        .transformToUniAndConcatenate(
                                namespace -> document(transaction, request, namespace))
                        .collect()
                        .asList());
    }

    private static Uni<ObjectNode> document(
            Transaction transaction, ExportRequest request, String namespace) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("APIVersion", 1).put("label", request.label());
        if (!request.namespaces().isEmpty()) {
            document.put("namespace", namespace);
        }
        ArrayNode identities = document.putArray("identities");
        ObjectNode data = document.putObject("data");
        return Multi.createFrom()
                .iterable(request.selections().keySet())
                .onItem()
                .transformToUniAndConcatenate(resource ->
                        objects(transaction, request, resource, namespace)
                                .invoke(objects -> {
                                    identities.add(resource.identity());
                                    data.putArray(resource.plural()).addAll(objects);
                                }))
                .collect()
                .last()
                .replaceWith(document);
    }

    private static Uni<List<ObjectNode>> objects(
            Transaction transaction,
            ExportRequest request,
            ResourceDeclaration resource,
            String namespace) {
        return transaction
                .list(
                        resource,
                        request.of(resource, namespace).firstOnly(ImportDocument.MOST_OBJECTS + 1))
                .map(found -> {
                    if (found.size() > ImportDocument.MOST_OBJECTS) {
                        throw Fault.invalid(
                                        "identities",
                                        "There are more than %d %s in %s; export a part of them, with the parameter q"
                                                .formatted(
                                                        ImportDocument.MOST_OBJECTS,
                                                        resource.plural(),
                                                        namespace))
                                .asException();
                    }
                    return found.stream()
                            .map(each -> OwnAttributes.of(resource, each))
                            .sorted(BY_NAME)
                            .toList();
                });
    }
}
