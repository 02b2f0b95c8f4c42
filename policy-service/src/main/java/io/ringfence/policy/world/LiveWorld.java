package io.ringfence.policy.world;

import io.ringfence.engine.World;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The world policy was last made from, for whoever asks about it.
@ApplicationScoped
public class LiveWorld {
    private volatile @Nullable World newest;

    /// Empty until everything was read that was stored when the service started.
    public Optional<World> newest() {
        return Optional.ofNullable(newest);
    }

    void became(World world) {
        newest = world;
    }

    /// Everything was read; if there was nothing, that is the world.
    void isComplete() {
        if (newest == null) {
            newest = World.EMPTY;
        }
    }
}
