package io.ringfence.identity.forget;

import io.quarkus.arc.All;
import io.quarkus.vertx.VertxContextSupport;
import io.ringfence.store.background.PeriodicWork;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/// Forgets every ten minutes. What cannot be forgotten now is tried again then.
@Singleton
final class Forgetting implements PeriodicWork {
    private static final Logger LOG = Logger.getLogger(Forgetting.class);
    private static final Duration PERIOD = Duration.ofMinutes(10);

    private final List<Forgettable> all;

    Forgetting(@All List<Forgettable> all) {
        this.all = all;
    }

    @Override
    public String name() {
        return "forgetting";
    }

    @Override
    public Duration pause() {
        return PERIOD;
    }

    @Override
    public String whenItFails() {
        return "What is over stays remembered";
    }

    /// One that cannot be forgotten keeps none of the others.
    @Override
    public void turn() {
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
