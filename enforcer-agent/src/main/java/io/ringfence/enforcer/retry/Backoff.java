package io.ringfence.enforcer.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Waiting times that double from `first` to `longest`, each shortened at random by up to half, so
/// that a thousand enforcers do not come back in the same moment. Not for several threads.
public final class Backoff {
    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private Duration ceiling;

    public Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
        this.ceiling = first;
    }

    public Duration next() {
        Duration wait = Duration.ofNanos((long) (ceiling.toNanos() * random.nextDouble(0.5, 1.0)));
        Duration doubled = ceiling.multipliedBy(2);
        ceiling = doubled.compareTo(longest) < 0 ? doubled : longest;
        return wait;
    }

    /// It worked: the next failure is the first again.
    public void reset() {
        ceiling = first;
    }
}
