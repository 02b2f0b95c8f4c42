package io.ringfence.identity.keys;

import static io.ringfence.protocol.declaration.Attribute.enumeration;
import static io.ringfence.protocol.declaration.Attribute.text;
import static io.ringfence.protocol.declaration.Attribute.time;

import io.ringfence.protocol.declaration.Mixin;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// `/tokensigningkeys` (ours): POST rotates, GET lists, DELETE withdraws. Keys live in `/`.
public final class TokenKeyResource {
    public static final ResourceDeclaration DECLARATION = declare();

    static final String KEY_ID = "keyID";
    static final String PUBLIC_KEY = "publicKey";
    static final String SEALED_KEY = "sealedKey";
    static final String STATE = "state";
    static final String SIGNS_FROM = "signsFrom";
    static final String SIGNS_UNTIL = "signsUntil";
    static final String PUBLISHED_UNTIL = "publishedUntil";

    TokenKeyResource() {}

    @Produces
    @Singleton
    static ResourceDeclaration tokenKeys() {
        return DECLARATION;
    }

    private static ResourceDeclaration declare() {
        return ResourceDeclaration.resource("tokensigningkey", "tokensigningkeys")
                .with(Mixin.DESCRIBED)
                .attribute(text("keyID").readOnly())
                .attribute(text("publicKey").readOnly())
                .attribute(text("sealedKey").readOnly().secret())
                .attribute(
                        enumeration("state", "Published", "Signing", "Retired", "Expired")
                                .readOnly())
                .attribute(time("signsFrom").readOnly())
                .attribute(time("signsUntil").readOnly())
                .attribute(time("publishedUntil").readOnly())
                .build();
    }
}
