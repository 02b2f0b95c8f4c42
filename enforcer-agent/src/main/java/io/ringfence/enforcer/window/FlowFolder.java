package io.ringfence.enforcer.window;

import io.ringfence.enforcer.observe.FlowKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Folds flow starts into windows. Safe for the observer's thread and one that takes windows away.
///
/// The end of a window is a flow's time stamp in the store, so no two windows of an enforcer may
/// share it, whatever the clock does: after a step back the windows keep rising from the last one
/// and last twice as long, until the clock has caught up with them. Only a clock that was more than
/// [#FARTHEST_AHEAD] ahead is believed at once: ingest refuses windows that end more than five
/// minutes in the future, so what was reported under such a clock is not in the store.
public final class FlowFolder {
    static final Duration FARTHEST_AHEAD = Duration.ofMinutes(3);
    static final int UNTAKEN_LIMIT = 30;
    private static final long STEP_NANOS = Duration.ofSeconds(1).toNanos();

    private final long lengthMillis;
    private final int keyLimit;
    private final Deque<FlowWindow> closed = new ArrayDeque<>();

    private Map<FlowKey, Count> counts = new HashMap<>();
    private long lastEndMillis;
    private long startMillis;
    private long openedNanos;
    private Moment lastSeen;
    private long discarded;
    private boolean clockStepped;

    /// @param keyLimit keys of one window; further ones are counted under one overflow key for each
    ///   own end, side and action
    /// @param lastEndMillis where an earlier process's last window ended; 0 when there was none
    public FlowFolder(Duration length, int keyLimit, long lastEndMillis, Moment now) {
        this.lengthMillis = length.toMillis();
        this.keyLimit = keyLimit;
        this.lastSeen = now;
        this.openedNanos = now.nanos();
        this.lastEndMillis = lastEndMillis;
        this.startMillis = nextStart(now.millis());
    }

    /// A flow began.
    ///
    /// @param atMillis wall clock
    public synchronized void add(FlowKey flow, long atMillis) {
        if (atMillis >= endMillis()) {
            close(atMillis);
        }
        Count count = counts.get(flow);
        if (count == null) {
            FlowKey key = counts.size() < keyLimit ? flow : Overflow.of(flow);
            count = counts.computeIfAbsent(key, _ -> new Count());
        }
        count.flows++;
    }

    /// Closes the window if its time is over and hands out, oldest first, the windows that have
    /// anything to say. Call it a few times per window.
    public synchronized List<FlowWindow> takeClosed(Moment now) {
        long drift =
                (now.millis() - lastSeen.millis()) * 1_000_000 - (now.nanos() - lastSeen.nanos());
        boolean steppedNow = Math.abs(drift) > STEP_NANOS;
        lastSeen = now;
        boolean waitedForClock = now.nanos() - openedNanos >= 2 * lengthMillis * 1_000_000;
        if (steppedNow || waitedForClock || now.millis() >= endMillis()) {
            close(now.millis());
            clockStepped |= steppedNow;
        }
        return take();
    }

    /// Closes the window as it is; for the end of the process.
    public synchronized List<FlowWindow> takeAll(Moment now) {
        close(now.millis());
        return take();
    }

    /// When the open window is due by the wall clock.
    public synchronized long endMillis() {
        return startMillis + lengthMillis;
    }

    private void close(long atMillis) {
        if (!counts.isEmpty() || discarded > 0) {
            keep(new FlowWindow(startMillis, endMillis(), plain(counts), discarded, clockStepped));
            counts = new HashMap<>();
            lastEndMillis = endMillis();
        }
        startMillis = nextStart(atMillis);
        openedNanos = lastSeen.nanos();
    }

    private void keep(FlowWindow window) {
        if (closed.size() == UNTAKEN_LIMIT) {
            discarded = window.discarded() + window.flows();
            return;
        }
        closed.add(window);
        discarded = 0;
        clockStepped = false;
    }

    private List<FlowWindow> take() {
        List<FlowWindow> taken = new ArrayList<>(closed);
        closed.clear();
        return taken;
    }

    private long nextStart(long nowMillis) {
        long aligned = Math.floorDiv(nowMillis, lengthMillis) * lengthMillis;
        boolean isBelievable = lastEndMillis - nowMillis <= FARTHEST_AHEAD.toMillis();
        long earliest = Math.ceilDiv(lastEndMillis, lengthMillis) * lengthMillis;
        return isBelievable ? Math.max(aligned, earliest) : aligned;
    }

    private static Map<FlowKey, Long> plain(Map<FlowKey, Count> counts) {
        Map<FlowKey, Long> plain = HashMap.newHashMap(counts.size());
        counts.forEach((key, count) -> plain.put(key, count.flows));
        return plain;
    }

    private static final class Count {
        private long flows;
    }
}
