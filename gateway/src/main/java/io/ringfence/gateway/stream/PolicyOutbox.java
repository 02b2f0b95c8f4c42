package io.ringfence.gateway.stream;

import com.google.protobuf.ByteString;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// What one enforcer has still to be sent: at most one whole policy, which takes the place of
/// everything before it, and the deltas that lead on from it or from what the enforcer has. Never
/// hands out a version that is not above every version it handed out before. Safe for many threads.
final class PolicyOutbox {
    static final int WAITING_DELTA_BYTES = 64 << 10;

    private static final long NONE = -1;

    private final Deque<PolicyUpdate> waiting = new ArrayDeque<>();
    private int waitingDeltaBytes;
    private long newestVersion = NONE;
    private ByteString newestDigest = ByteString.EMPTY;

    /// What became of an offer.
    enum Offer {
        QUEUED,
        /// Older ones were waiting, and are not sent any more.
        REPLACED,
        /// Something at least as new was here before.
        STALE,
        /// A delta that leads on from something else, or one too many: the whole is needed.
        GAP
    }

    synchronized Offer offer(PolicyUpdate update) {
        if (update.version() <= newestVersion) {
            return Offer.STALE;
        }
        if (update.isWhole()) {
            boolean replaces = !waiting.isEmpty();
            clear();
            add(update);
            return replaces ? Offer.REPLACED : Offer.QUEUED;
        }
        if (update.digest().equals(newestDigest)) {
            return Offer.STALE;
        }
        if (!update.header().base().equals(newestDigest)) {
            return Offer.GAP;
        }
        if (waitingDeltaBytes + update.frame().length > WAITING_DELTA_BYTES) {
            clear();
            newestDigest = ByteString.EMPTY;
            return Offer.GAP;
        }
        waitingDeltaBytes += update.frame().length;
        add(update);
        return Offer.QUEUED;
    }

    private void add(PolicyUpdate update) {
        newestVersion = update.version();
        newestDigest = update.digest();
        waiting.add(update);
    }

    private void clear() {
        waiting.clear();
        waitingDeltaBytes = 0;
    }

    /// Whether what the enforcer said it holds is all that is known of it: it was offered nothing.
    synchronized boolean isUntouched() {
        return newestVersion == NONE;
    }

    /// The enforcer has this policy already: nothing up to it needs to be sent. Answers whether it
    /// is the newest.
    synchronized boolean has(long version, ByteString digest) {
        boolean isNewest = version >= newestVersion;
        if (isNewest) {
            newestVersion = version;
            newestDigest = digest;
            clear();
        }
        return isNewest;
    }

    synchronized Optional<PolicyUpdate> take() {
        PolicyUpdate next = waiting.poll();
        if (next != null && !next.isWhole()) {
            waitingDeltaBytes -= next.frame().length;
        }
        return Optional.ofNullable(next);
    }
}
