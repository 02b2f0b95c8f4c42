package io.ringfence.bench.wire;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/// When probes were sent, and which of them came back. Numbers count from 0.
final class ProbeTimes {
    /// So many in a row that stay unanswered are refused rather than late.
    static final int REFUSED_IN_A_ROW = 200;

    private final long[] sentNanos = new long[1 << 16];
    private long sent;
    private long lastAnswered = -1;
    private long lastAnsweredNanos;

    /// @return the number that the probe has to carry
    synchronized long send(long nowNanos) {
        sentNanos[index(sent)] = nowNanos;
        notifyAll();
        return sent++;
    }

    synchronized void answered(long number, long nowNanos) {
        if (number > lastAnswered) {
            lastAnswered = number;
            lastAnsweredNanos = nowNanos;
            notifyAll();
        }
    }

    /// Where a time is later than now is a probe not sent yet.
    synchronized long next() {
        return sent;
    }

    /// Waits until one of those from `first` on has come back.
    ///
    /// @return when it came
    synchronized long awaitAnswered(long first, Duration patience)
            throws InterruptedException, TimeoutException {
        long until = System.nanoTime() + patience.toNanos();
        while (lastAnswered < first) {
            await(until, "no probe comes through");
        }
        return lastAnsweredNanos;
    }

    /// Waits until those from some one on stay unanswered.
    ///
    /// @return when that one was sent
    synchronized long awaitRefused(Duration patience)
            throws InterruptedException, TimeoutException {
        long until = System.nanoTime() + patience.toNanos();
        while (sent - 1 - lastAnswered < REFUSED_IN_A_ROW) {
            await(until, "probes still come through");
        }
        return sentNanos[index(lastAnswered + 1)];
    }

    synchronized long lastAnswered() {
        return lastAnswered;
    }

    private void await(long untilNanos, String complaint)
            throws InterruptedException, TimeoutException {
        long left = Duration.ofNanos(untilNanos - System.nanoTime()).toMillis();
        if (left <= 0) {
            throw new TimeoutException(complaint);
        }
        wait(left);
    }

    private int index(long number) {
        return (int) (number % sentNanos.length);
    }
}
