package io.ringfence.flowingest.gap;

/// How a record stands in its enforcer's numbering.
public sealed interface Arrival {
    /// Not seen before.
    ///
    /// @param missing how many records between the one before and this one never came
    record Fresh(long missing) implements Arrival {}

    /// Seen before.
    record Known() implements Arrival {}
}
