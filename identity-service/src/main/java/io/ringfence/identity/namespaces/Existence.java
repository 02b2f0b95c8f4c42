package io.ringfence.identity.namespaces;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.identity.grammar.NamespaceName;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.error.Fault;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/// Makes sure that a namespace is there, and that it stays for as long as the transaction lasts.
public final class Existence {
    private Existence() {}

    /// Fails with 404 if there is no such namespace. The root is always there.
    public static Uni<Void> held(NamespaceName namespace, Transaction transaction) {
        if (namespace.isRoot()) {
            return Uni.createFrom().voidItem();
        }
        return transaction
                .named(
                        NamespaceResource.DECLARATION,
                        namespace.parent().absolute(),
                        namespace.absolute())
                .chain(found -> hold(found, transaction))
                .map(held ->
                        held.orElseThrow(() ->
                                Fault.notFound("There is no namespace " + namespace.absolute())
                                        .asException()))
                .replaceWithVoid();
    }

    private static Uni<Optional<ObjectNode>> hold(
            Optional<ObjectNode> found, Transaction transaction) {
        return found.isEmpty()
                ? Uni.createFrom().item(found)
                : transaction.hold(NamespaceResource.DECLARATION, found.get().path("ID").asText());
    }
}
