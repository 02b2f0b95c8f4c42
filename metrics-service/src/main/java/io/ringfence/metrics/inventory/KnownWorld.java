package io.ringfence.metrics.inventory;

import io.ringfence.engine.World;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The newest world. Written by one thread, read by many.
public final class KnownWorld {
    private volatile @Nullable World newest;

    /// Empty until everything was read that was stored when the service started.
    public Optional<World> newest() {
        return Optional.ofNullable(newest);
    }

    void became(World world) {
        newest = world;
    }
}
