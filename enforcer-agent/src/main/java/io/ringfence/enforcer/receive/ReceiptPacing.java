package io.ringfence.enforcer.receive;

import io.ringfence.contracts.policy.PolicyReceipt;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// When which receipt is sent. One for a policy goes at once; one that tells of directories only
/// may wait for the next, since each new host changes the directory of everyone: a receipt says all
/// that is held, so that the last one is enough.
final class ReceiptPacing {
    private final long pauseNanos;
    private @Nullable PolicyReceipt waiting;
    private long dueNanos;
    private long sentNanos;

    /// @param pause between receipts about directories
    ReceiptPacing(Duration pause, long nowNanos) {
        this.pauseNanos = pause.toNanos();
        this.sentNanos = nowNanos - pauseNanos;
    }

    void offer(PolicyReceipt receipt, boolean atOnce, long nowNanos) {
        long due = atOnce ? nowNanos : Math.max(nowNanos, sentNanos + pauseNanos);
        dueNanos = waiting == null || due - dueNanos < 0 ? due : dueNanos;
        waiting = receipt;
    }

    /// The one to send now.
    Optional<PolicyReceipt> take(long nowNanos) {
        if (waiting == null || nowNanos - dueNanos < 0) {
            return Optional.empty();
        }
        Optional<PolicyReceipt> due = Optional.of(waiting);
        waiting = null;
        sentNanos = nowNanos;
        return due;
    }

    /// How long until there is one, and no longer than `longest`.
    Duration dueWithin(Duration longest, long nowNanos) {
        if (waiting == null) {
            return longest;
        }
        Duration left = Duration.ofNanos(Math.max(0, dueNanos - nowNanos));
        return left.compareTo(longest) < 0 ? left : longest;
    }
}
