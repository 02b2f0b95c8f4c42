package io.ringfence.store.background;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Whether the service still runs. Safe for many threads.
public final class Running {
    private final CountDownLatch stopping = new CountDownLatch(1);

    public boolean goesOn() {
        return stopping.getCount() > 0;
    }

    /// Waits, though not beyond the end.
    ///
    /// @return whether it goes on
    public boolean pause(Duration duration) throws InterruptedException {
        return !stopping.await(duration.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop() {
        stopping.countDown();
    }
}
