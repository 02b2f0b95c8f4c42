package io.ringfence.identity.forget;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Forgets every ten minutes. What cannot be forgotten now is tried again then.
@Singleton
final class Forgetting {
    private static final Logger LOG = Logger.getLogger(Forgetting.class);
    private static final Duration PERIOD = Duration.ofMinutes(10);

    private final List<Forgettable> all;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable Thread thread;

    Forgetting(@All List<Forgettable> all) {
        this.all = all;
    }

    void start(@Observes StartupEvent event) {
        thread = Thread.ofVirtual().name("forgetting").start(this::keepForgetting);
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
                forgetAll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void forgetAll() {
        all.forEach(Forgetting::forget);
    }

    private static void forget(Forgettable each) {
        try {
            int count = VertxContextSupport.subscribeAndAwait(each::forget);
            LOG.debugf("Forgot %d %s", count, each.what());
        } catch (Throwable failure) {
            LOG.warnf("Some %s stay remembered: %s", each.what(), failure.getMessage());
        }
    }
}
