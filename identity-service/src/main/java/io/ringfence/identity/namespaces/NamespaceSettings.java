package io.ringfence.identity.namespaces;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.identity.grammar.NamespaceName;
import io.ringfence.protocol.behaviour.ObjectWriter;
import io.ringfence.protocol.behaviour.Outcome;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.error.Fault;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// Changes the namespace a request is made in, which lives in its parent. Whether the caller may do
/// that was decided by the gateway: for discovery mode in the parent, for the rest here.
@Singleton
final class NamespaceSettings {
    private final Transactions transactions;
    private final ObjectWriter writer;

    NamespaceSettings(Transactions transactions, ObjectWriter writer) {
        this.transactions = transactions;
        this.writer = writer;
    }

    /// Answers the namespace as it is now. Fails with 422 for the root, which cannot be changed.
    Uni<ObjectNode> change(Caller caller, ObjectNode changes) {
        NamespaceName namespace = new NamespaceName(caller.namespace());
        if (namespace.isRoot()) {
            throw Fault.invalid("namespace", "The root namespace / cannot be changed")
                    .asException();
        }
        return transactions
                .run(transaction ->
                        Lineage.of(namespace, transaction)
                                .chain(lineage ->
                                        writer.update(
                                                NamespaceResource.DECLARATION,
                                                inParent(caller, namespace),
                                                lineage.own().path("ID").asText(),
                                                changes,
                                                true,
                                                false,
                                                transaction)))
                .invoke(writer::committed)
                .map(Outcome::stored);
    }

    static ObjectNode actions(String action) {
        return JsonNodeFactory.instance
                .objectNode()
                .put(NamespaceResource.INCOMING, action)
                .put(NamespaceResource.OUTGOING, action);
    }

    private static Caller inParent(Caller caller, NamespaceName namespace) {
        return new Caller(
                caller.subject(),
                caller.realm(),
                namespace.parent().absolute(),
                caller.tags(),
                caller.tokenId(),
                caller.quota(),
                caller.permissions(),
                caller.elsewhere(),
                caller.clientCertificateFingerprint(),
                caller.tracking());
    }
}
