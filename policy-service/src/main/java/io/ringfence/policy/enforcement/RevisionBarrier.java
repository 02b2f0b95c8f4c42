package io.ringfence.policy.enforcement;

import io.ringfence.policy.world.WorldProgress;
import io.ringfence.store.outbox.OutboxProgress;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/// Says of a revision whether everything that is stored up to it has been announced, and whether
/// this instance has compiled at least that.
@ApplicationScoped
class RevisionBarrier {
    private static final Duration PAUSE = Duration.ofMillis(25);

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    private final OutboxProgress outbox;
    private final WorldProgress world;

    RevisionBarrier(OutboxProgress outbox, WorldProgress world) {
        this.outbox = outbox;
        this.world = world;
    }

    /// What has been reached when the deadline is over or, earlier, all of it.
    enum Reached {
        STORED,
        ANNOUNCED,
        COMPILED
    }

    Uni<Reached> reach(long revision, Deadline deadline) {
        return isAnnounced(revision, deadline)
                .chain(announced ->
                        announced ? compiled(deadline) : Uni.createFrom().item(Reached.STORED));
    }

    private Uni<Boolean> isAnnounced(long revision, Deadline deadline) {
        return Uni.createFrom()
                .deferred(() -> outbox.isAnnounced(revision))
                .repeat()
                .withDelay(PAUSE)
                .whilst(announced -> !announced && !deadline.isOver())
                .collect()
                .last();
    }

    private Uni<Reached> compiled(Deadline deadline) {
        return Uni.createFrom()
                .completionStage(world::caughtUp)
                .replaceWith(Reached.COMPILED)
                .onFailure()
                .retry()
                .withBackOff(PAUSE, LONGEST_PAUSE)
                .indefinitely()
                .ifNoItem()
                .after(deadline.left())
                .recoverWithItem(Reached.ANNOUNCED);
    }
}
