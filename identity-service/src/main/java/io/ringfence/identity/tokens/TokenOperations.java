package io.ringfence.identity.tokens;

import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.openapi.Content;
import io.ringfence.protocol.openapi.OperationDeclaration;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// What `/openapi` says about tokens.
final class TokenOperations {
    private static final Content AUTHN =
            Content.object(
                    "authn", Attribute.anything("claims").readOnly(), Attribute.text("token"));

    TokenOperations() {}

    @Produces
    @Singleton
    static OperationDeclaration issue() {
        return OperationDeclaration.post("/issue", "Issue a token")
                .byAnybody()
                .with(
                        "asCookie",
                        "boolean",
                        "Sets the token as a cookie and leaves it out of the body.")
                .taking(Content.object(TokenRequest.BODY))
                .answering(Content.object(TokenRequest.BODY));
    }

    @Produces
    @Singleton
    static OperationDeclaration authenticate() {
        return OperationDeclaration.get("/authn", "Read the claims of the caller's own token")
                .byWhoeverIsKnown()
                .answering(AUTHN);
    }

    @Produces
    @Singleton
    static OperationDeclaration verify() {
        return OperationDeclaration.post("/authn", "Verify a token and read its claims")
                .byWhoeverIsKnown()
                .taking(AUTHN)
                .answering(AUTHN);
    }

    @Produces
    @Singleton
    static OperationDeclaration logOut() {
        return OperationDeclaration.get(
                        "/logout", "End the token of this request, and forget the cookie")
                .byWhoeverIsKnown()
                .answering(204, "Ended", new Content.Nothing());
    }

    @Produces
    @Singleton
    static OperationDeclaration keys() {
        return OperationDeclaration.get(
                        "/.well-known/jwks.json", "Read the keys that verify tokens (RFC 7517)")
                .byAnybody()
                .answering(new Content.Other("application/json"));
    }
}
