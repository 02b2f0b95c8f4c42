package io.ringfence.store.background;

import java.time.Duration;
import org.jboss.logging.Logger;

/// Background work that is done over and over, with a pause before each time. What fails is tried
/// again the next time.
public interface PeriodicWork extends BackgroundWork {
    Duration pause();

    void turn() throws Throwable;

    /// What it means for now that a turn failed; a clause, for the log.
    String whenItFails();

    @Override
    default void work(Running running) throws InterruptedException {
        while (running.pause(pause())) {
            try {
                turn();
            } catch (InterruptedException ending) {
                throw ending;
            } catch (Throwable failure) {
                Logger.getLogger(getClass()).warnf("%s: %s", whenItFails(), failure.getMessage());
            }
        }
    }
}
