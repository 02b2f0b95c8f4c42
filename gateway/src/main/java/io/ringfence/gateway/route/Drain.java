package io.ringfence.gateway.route;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/// Lets requests under way finish before the gateway stops, and takes no new ones meanwhile.
/// Streams are not waited for: they are told to go.
@Singleton
class Drain {
    private static final Logger LOG = Logger.getLogger(Drain.class);
    private static final int LAST = jakarta.interceptor.Interceptor.Priority.APPLICATION + 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private int underWay;
    private boolean stopping;

    /// False when it is too late.
    synchronized boolean enter() {
        if (stopping) {
            return false;
        }
        underWay++;
        return true;
    }

    synchronized void leave() {
        underWay--;
        notifyAll();
    }

    /// After all other observers, because they tell the streams.
    synchronized void finish(@Observes @Priority(LAST) ShutdownDelayInitiatedEvent event) {
        stopping = true;
        Instant end = Instant.now().plus(PATIENCE);
        try {
            while (underWay > 0 && Instant.now().isBefore(end)) {
                wait(Math.max(1, Duration.between(Instant.now(), end).toMillis()));
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
        if (underWay > 0) {
            LOG.warnf("Stopping with %d requests under way", underWay);
        }
    }
}
