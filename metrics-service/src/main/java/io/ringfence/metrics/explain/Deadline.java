package io.ringfence.metrics.explain;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Until when one answer may go on explaining: a report does not become slow because its rows are
/// hard to explain.
public final class Deadline {
    private static final Duration ENOUGH = Duration.ofSeconds(1);

    private final LongSupplier nanoTime;
    private final long end;

    private Deadline(LongSupplier nanoTime, Duration from) {
        this.nanoTime = nanoTime;
        this.end = nanoTime.getAsLong() + from.toNanos();
    }

    public static Deadline fromNow() {
        return from(System::nanoTime);
    }

    static Deadline from(LongSupplier nanoTime) {
        return new Deadline(nanoTime, ENOUGH);
    }

    boolean isOver() {
        return nanoTime.getAsLong() - end >= 0;
    }
}
