package io.ringfence.gateway.authenticate;

import io.ringfence.trust.assertion.AssertedCaller;

/// Who the caller turned out to be.
public sealed interface Authentication {
    record Authenticated(AssertedCaller caller) implements Authentication {}

    /// @param reason a sentence without any part of the token
    record Refused(String reason) implements Authentication {}
}
