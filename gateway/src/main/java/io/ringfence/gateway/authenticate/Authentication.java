package io.ringfence.gateway.authenticate;

import io.ringfence.trust.assertion.AssertedCaller;
import java.time.Instant;

/// Who the caller turned out to be.
public sealed interface Authentication {
    /// @param until when what was shown expires
    record Authenticated(AssertedCaller caller, Instant until) implements Authentication {}

    /// @param reason a sentence without any part of the token
    record Refused(String reason) implements Authentication {}
}
