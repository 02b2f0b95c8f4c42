package io.ringfence.identity.logout;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Forgets logged-out tokens that have expired. Every instance does; the second finds nothing.
@Singleton
final class Forgetting {
    private static final Logger LOG = Logger.getLogger(Forgetting.class);
    private static final Duration PERIOD = Duration.ofMinutes(10);

    private final LoggedOutTokens tokens;
    private final Clock clock = Clock.systemUTC();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable Thread thread;

    Forgetting(LoggedOutTokens tokens) {
        this.tokens = tokens;
    }

    void start(@Observes StartupEvent event) {
        thread = Thread.ofVirtual().name("logged-out tokens").start(this::keepForgetting);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping.countDown();
        Thread running = thread;
        if (running != null) {
            running.join(Duration.ofSeconds(5));
        }
    }

    private void keepForgetting() {
        try {
            while (!stopping.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                forget();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void forget() {
        try {
            int count =
                    VertxContextSupport.subscribeAndAwait(
                            () -> tokens.forgetExpired(clock.instant()));
            LOG.debugf("Forgot %d logged-out tokens", count);
        } catch (Throwable failure) {
            LOG.warnf("Logged-out tokens stay remembered: %s", failure.getMessage());
        }
    }
}
