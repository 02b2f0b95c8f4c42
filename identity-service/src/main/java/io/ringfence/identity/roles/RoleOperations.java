package io.ringfence.identity.roles;

import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.openapi.Content;
import io.ringfence.protocol.openapi.OperationDeclaration;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// What `/openapi` says about roles.
final class RoleOperations {
    private static final Content MIGRATION =
            Content.object(
                    "rolemigration",
                    Attribute.text("from").required(),
                    Attribute.bool("dryRun"),
                    Attribute.text("to").readOnly(),
                    Attribute.anything("changed").readOnly(),
                    Attribute.anything("skipped").readOnly());

    RoleOperations() {}

    @Produces
    @Singleton
    static OperationDeclaration list() {
        return OperationDeclaration.get("/roles", "List the roles and what each may do")
                .byWhoeverIsKnown()
                .answering(
                        Content.list(
                                "role",
                                Attribute.text("key").readOnly(),
                                Attribute.text("name").readOnly(),
                                Attribute.text("description").readOnly(),
                                Attribute.bool("private").readOnly(),
                                Attribute.textsMap("authorizations").readOnly()));
    }

    @Produces
    @Singleton
    static OperationDeclaration count() {
        return OperationDeclaration.of("HEAD", "/roles", "Count the roles")
                .byWhoeverIsKnown()
                .answering(204, "Counted", new Content.Nothing(), "X-Count-Total");
    }

    @Produces
    @Singleton
    static OperationDeclaration migrate() {
        return OperationDeclaration.post(
                        "/rolemigrations",
                        "Replace a deprecated role by its successor, here and below")
                .sharing("override")
                .taking(MIGRATION)
                .answering(MIGRATION);
    }
}
