package io.ringfence.identity.namespaces;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.identity.grammar.NamespaceName;
import io.ringfence.protocol.behaviour.Transaction;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/// The root of the tree. It lives in no namespace, so no request reaches it: it rejects by default
/// (DESIGN §4.5), and that cannot be changed.
public final class RootNamespace {
    /// Where the root lives.
    public static final String NOWHERE = "";

    private RootNamespace() {}

    public static Uni<Boolean> exists(Transaction transaction) {
        return transaction
                .named(NamespaceResource.DECLARATION, NOWHERE, NamespaceName.ROOT.absolute())
                .map(Optional::isPresent);
    }

    public static ObjectNode object() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", NamespaceName.ROOT.absolute())
                .put(NamespaceResource.INCOMING, "Reject")
                .put(NamespaceResource.OUTGOING, "Reject");
    }
}
