package io.ringfence.identity.credentials;

import io.ringfence.protocol.declaration.Mixin;
import io.ringfence.protocol.declaration.ResourceDeclaration;

/// What is kept of an app credential. Not a bean, so there is no `/appcredentials`.
final class CredentialResource {
    static final ResourceDeclaration DECLARATION =
            ResourceDeclaration.resource("appcredential", "appcredentials")
                    .with(Mixin.usual())
                    .with(Mixin.DISABLED)
                    .build();

    private CredentialResource() {}
}
