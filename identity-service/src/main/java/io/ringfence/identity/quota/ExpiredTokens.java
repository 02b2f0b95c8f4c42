package io.ringfence.identity.quota;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/// Forgets the uses of tokens that have expired. Every instance does; the second finds nothing.
@Singleton
final class ExpiredTokens {
    private static final Logger LOG = Logger.getLogger(ExpiredTokens.class);
    private static final Duration PERIOD = Duration.ofMinutes(10);

    private final TokenUses uses;
    private final Vertx vertx;
    private long timer = -1;

    ExpiredTokens(TokenUses uses, Vertx vertx) {
        this.uses = uses;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(PERIOD.toMillis(), now -> forget());
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    private void forget() {
        uses.forgetExpired()
                .subscribe()
                .with(
                        count -> LOG.debugf("Forgot the uses of %d expired tokens", count),
                        failure ->
                                LOG.warnf(
                                        "Expired tokens stay remembered: %s",
                                        failure.getMessage()));
    }
}
