package io.ringfence.policy.clearing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.arc.All;
import io.quarkus.vertx.VertxContextSupport;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.query.Scope;
import io.ringfence.protocol.query.Selection;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/// Everything this service keeps in a namespace.
@Singleton
class NamespaceObjects {
    private final List<ResourceDeclaration> resources;
    private final Transactions transactions;

    NamespaceObjects(@All List<ResourceDeclaration> resources, Transactions transactions) {
        this.resources = resources;
        this.transactions = transactions;
    }

    /// Deletes it in one transaction, without asking any rule, and answers how much there was.
    int delete(String namespace) throws Throwable {
        return VertxContextSupport.subscribeAndAwait(
                () -> transactions.run(transaction -> delete(namespace, transaction)));
    }

    private Uni<Integer> delete(String namespace, Transaction transaction) {
        List<ObjectNode> deleted = new ArrayList<>();
        Uni<Void> work = Uni.createFrom().voidItem();
        for (ResourceDeclaration resource : resources) {
            work =
                    work.chain(() ->
                                    transaction.list(resource, Selection.of(Scope.only(namespace))))
                            .chain(found -> {
                                deleted.addAll(found);
                                return each(resource, found, transaction);
                            });
        }
        return work.map(_ -> deleted.size());
    }

    private static Uni<Void> each(
            ResourceDeclaration resource, List<ObjectNode> found, Transaction transaction) {
        Uni<Void> work = Uni.createFrom().voidItem();
        for (ObjectNode object : found) {
            work = work.chain(() -> transaction.delete(resource, object));
        }
        return work;
    }
}
