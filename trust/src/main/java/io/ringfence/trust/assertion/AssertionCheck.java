package io.ringfence.trust.assertion;

/// What an assertion turned out to be.
public sealed interface AssertionCheck {
    record Valid(Assertion assertion) implements AssertionCheck {}

    record Invalid(String reason) implements AssertionCheck {}
}
