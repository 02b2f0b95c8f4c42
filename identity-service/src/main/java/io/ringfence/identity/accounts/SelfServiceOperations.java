package io.ringfence.identity.accounts;

import io.ringfence.protocol.openapi.OperationDeclaration;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// What `/openapi` says about what accounts cannot do by themselves.
final class SelfServiceOperations {
    private static final String NO_MAIL =
            "Always 404, as this console sends no mail: an administrator sets password and status with PUT /accounts/<id>";

    SelfServiceOperations() {}

    @Produces
    @Singleton
    static OperationDeclaration resetPassword() {
        return OperationDeclaration.get("/passwordreset", NO_MAIL);
    }

    @Produces
    @Singleton
    static OperationDeclaration requestPassword() {
        return OperationDeclaration.post("/passwordreset", NO_MAIL);
    }

    @Produces
    @Singleton
    static OperationDeclaration activate() {
        return OperationDeclaration.get("/activate", NO_MAIL);
    }
}
