package io.ringfence.store.background;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/// Starts all background work with the service, and waits for its end.
@Singleton
final class BackgroundThreads {
    private static final Logger LOG = Logger.getLogger(BackgroundThreads.class);
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(5);

    private final List<BackgroundWork> all;
    private final Running running = new Running();
    private final List<Thread> threads = new ArrayList<>();

    BackgroundThreads(@All List<BackgroundWork> all) {
        this.all = all;
    }

    void start(@Observes StartupEvent event) {
        for (BackgroundWork each : all) {
            threads.add(Thread.ofPlatform().daemon().name(each.name()).start(() -> run(each)));
        }
    }

    private void run(BackgroundWork each) {
        try {
            each.work(running);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException bug) {
            LOG.errorf(bug, "%s has ended, and nobody does its work any more", each.name());
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        running.stop();
        for (Thread thread : threads) {
            if (!thread.join(ENDS_WITHIN)) {
                LOG.warnf("%s did not end in time", thread.getName());
            }
        }
    }
}
