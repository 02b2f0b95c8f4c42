package io.ringfence.policy.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.error.Fault;
import io.ringfence.protocol.query.Scope;
import io.ringfence.protocol.query.Selection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/// Writes a namespace's objects as a document that an import reads: without what the console fills
/// in and without what is at its default.
@ApplicationScoped
class DocumentExporter {
    private final Transactions transactions;
    private final ImportableResources importable;

    DocumentExporter(Transactions transactions, ImportableResources importable) {
        this.transactions = transactions;
        this.importable = importable;
    }

    Uni<ObjectNode> run(ObjectNode request, Caller caller) {
        List<ResourceDeclaration> wanted = wanted(request.path("identities"));
        for (ResourceDeclaration resource : wanted) {
            if (!caller.may("get", resource.identity())) {
                throw Fault.forbidden(
                                "You may not read %s in %s"
                                        .formatted(resource.plural(), caller.namespace()))
                        .asException();
            }
        }
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("APIVersion", 1).put("label", request.path("label").asText(""));
        ArrayNode identities = document.putArray("identities");
        wanted.forEach(resource -> identities.add(resource.identity()));
        ObjectNode data = document.putObject("data");
        Selection selection = Selection.of(Scope.only(caller.namespace())).orderedBy("name");
        return transactions.run(transaction -> {
            Uni<Void> done = Uni.createFrom().voidItem();
            for (ResourceDeclaration resource : wanted) {
                done =
                        done.chain(() -> transaction.list(resource, selection))
                                .invoke(objects -> {
                                    ArrayNode list = data.putArray(resource.plural());
                                    objects.forEach(each -> list.add(own(resource, each)));
                                })
                                .replaceWithVoid();
            }
            return done.replaceWith(document);
        });
    }

    private List<ResourceDeclaration> wanted(JsonNode identities) {
        if (identities.isEmpty()) {
            return importable.all();
        }
        return identities
                .valueStream()
                .map(name ->
                        importable
                                .named(name.asText())
                                .orElseThrow(() ->
                                        Fault.invalid(
                                                        "identities",
                                                        "'%s' cannot be exported"
                                                                .formatted(name.asText()))
                                                .asException()))
                .distinct()
                .toList();
    }

    private static ObjectNode own(ResourceDeclaration resource, ObjectNode object) {
        ObjectNode own = JsonNodeFactory.instance.objectNode();
        for (Attribute attribute : resource.attributes().values()) {
            JsonNode value = object.path(attribute.name());
            if (!attribute.isReadOnly() && !attribute.isSilent(value)) {
                own.set(attribute.name(), value);
            }
        }
        return own;
    }
}
