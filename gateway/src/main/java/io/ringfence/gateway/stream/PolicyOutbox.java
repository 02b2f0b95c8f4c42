package io.ringfence.gateway.stream;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one enforcer has still to be sent: at most one policy, the newest, because each is whole.
/// Never hands out a version that is not above every version it handed out before. Safe for many
/// threads.
final class PolicyOutbox {
    private static final long NONE = -1;

    private @Nullable PolicyUpdate waiting;
    private long newestVersion = NONE;

    /// What became of an offer.
    enum Offer {
        QUEUED,
        /// An older one was waiting, and is not sent any more.
        REPLACED,
        /// Something at least as new was here before.
        STALE
    }

    synchronized Offer offer(PolicyUpdate update) {
        if (update.version() <= newestVersion) {
            return Offer.STALE;
        }
        newestVersion = update.version();
        boolean replaces = waiting != null;
        waiting = update;
        return replaces ? Offer.REPLACED : Offer.QUEUED;
    }

    /// The enforcer has this version already: nothing up to it needs to be sent.
    synchronized void has(long version) {
        if (version >= newestVersion) {
            newestVersion = version;
            waiting = null;
        }
    }

    synchronized Optional<PolicyUpdate> take() {
        PolicyUpdate next = waiting;
        waiting = null;
        return Optional.ofNullable(next);
    }
}
