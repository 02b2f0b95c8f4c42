package io.ringfence.gateway.authorize;

/// Whether whoever a token or certificate was given to may still use it.
public sealed interface Holding {
    record Live() implements Holding {}

    /// @param reason a sentence for the caller
    record Ended(String reason) implements Holding {}

    /// Nothing has been heard of such a holder. One that was made a moment ago may not have been
    /// announced yet; otherwise it is gone.
    record Unknown() implements Holding {}
}
