package io.ringfence.bench.wire;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Something done every millisecond on a thread of its own. What the machine is late with is done
/// at once, but not made up for.
final class Pace {
    private static final long EVERY_NANOS = Duration.ofMillis(1).toNanos();

    private Pace() {}

    /// @return false to stop
    @FunctionalInterface
    interface Step {
        boolean done();
    }

    static void keep(String name, Step step) {
        Thread.ofPlatform().name(name).daemon().start(() -> run(step));
    }

    private static void run(Step step) {
        long next = System.nanoTime();
        while (step.done()) {
            next = Math.max(next + EVERY_NANOS, System.nanoTime());
            for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }
}
