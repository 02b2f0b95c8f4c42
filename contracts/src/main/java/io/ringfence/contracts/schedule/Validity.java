package io.ringfence.contracts.schedule;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// When a policy counts: inside its schedule, if it has one, and until it expires, if it does.
public record Validity(Optional<Schedule> schedule, Optional<Instant> expires) {
    /// Without schedule and expiry.
    public static final Validity ALWAYS = new Validity(Optional.empty(), Optional.empty());

    /// No longer from the expiry on, itself included.
    public boolean isActiveAt(Instant instant) {
        return expires.map(instant::isBefore).orElse(true)
                && schedule.map(active -> active.isActiveAt(instant)).orElse(true);
    }

    /// An instant after this one before which [#isActiveAt] does not change, and at which it
    /// probably does. Empty if it never will.
    public Optional<Instant> nextChange(Instant after) {
        Optional<Instant> end = expires.filter(after::isBefore);
        if (expires.isPresent() && end.isEmpty()) {
            return Optional.empty();
        }
        Optional<Instant> turn = schedule.flatMap(active -> active.nextChange(after));
        return Stream.concat(end.stream(), turn.stream()).min(Instant::compareTo);
    }
}
