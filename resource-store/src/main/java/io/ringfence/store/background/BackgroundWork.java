package io.ringfence.store.background;

/// A bean that works as long as the service runs.
public interface BackgroundWork {
    /// Of its thread.
    String name();

    /// Called once, on a thread of its own, when the service starts. Returns when nothing
    /// [Running#goesOn] any more.
    void work(Running running) throws InterruptedException;
}
