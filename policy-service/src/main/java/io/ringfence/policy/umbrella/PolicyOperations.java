package io.ringfence.policy.umbrella;

import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.openapi.Content;
import io.ringfence.protocol.openapi.OperationDeclaration;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// What `/openapi` says about policies of all kinds.
final class PolicyOperations {
    private static final String[] LISTING = {
        "page", "pagesize", "after", "limit", "order", "q", "recursive", "propagated"
    };
    private static final Attribute[] ATTRIBUTES =
            PolicyKind.POLICY.attributes().values().toArray(Attribute[]::new);

    PolicyOperations() {}

    @Produces
    @Singleton
    static OperationDeclaration list() {
        return OperationDeclaration.get("/policies", "List policies of every kind")
                .sharing(LISTING)
                .answering(Content.list("policy", ATTRIBUTES), "X-Count-Total", "X-Next");
    }

    @Produces
    @Singleton
    static OperationDeclaration count() {
        return OperationDeclaration.of("HEAD", "/policies", "Count policies of every kind")
                .sharing(LISTING)
                .answering(204, "How many", new Content.Nothing(), "X-Count-Total");
    }

    @Produces
    @Singleton
    static OperationDeclaration read() {
        return OperationDeclaration.get("/policies/{id}", "Read a policy of any kind")
                .sharing("recursive", "propagated")
                .answering(Content.object("policy", ATTRIBUTES));
    }

    @Produces
    @Singleton
    static OperationDeclaration delete() {
        return OperationDeclaration.of("DELETE", "/policies/{id}", "Delete a policy of any kind")
                .sharing("override")
                .answering(Content.object("policy", ATTRIBUTES));
    }
}
