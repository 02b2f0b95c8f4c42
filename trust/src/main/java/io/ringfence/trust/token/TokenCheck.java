package io.ringfence.trust.token;

/// What a token turned out to be.
public sealed interface TokenCheck {
    record Valid(TokenClaims claims) implements TokenCheck {}

    /// The reason is a sentence without any part of the token.
    record Invalid(String reason) implements TokenCheck {}
}
