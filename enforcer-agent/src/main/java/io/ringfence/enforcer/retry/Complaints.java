package io.ringfence.enforcer.retry;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// Says the same thing once a minute at most, and says when it is over.
public final class Complaints {
    private static final long AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

    private final Logger log;
    private @Nullable String last;
    private long saidNanos;

    public Complaints(Logger log) {
        this.log = log;
    }

    public synchronized void warn(String message) {
        long now = System.nanoTime();
        if (!Objects.equals(message, last) || now - saidNanos > AGAIN_NANOS) {
            log.warn("{}", message);
            last = message;
            saidNanos = now;
        }
    }

    /// Everything is well again; said if there was anything to complain about, and the first time.
    public synchronized void resolved(String message) {
        if (last == null || !last.isEmpty()) {
            log.info("{}", message);
            last = "";
        }
    }
}
