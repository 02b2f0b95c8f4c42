package io.ringfence.gateway.stream;

import com.google.protobuf.ByteString;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How a tenant's directory has changed lately, and all of it for those who cannot follow from
/// there. Changes form a chain by their digests; several instances of policy-service may send the
/// same change, or the same way in other steps. Safe for many threads.
final class TenantFeed {
    static final int KEPT_BYTES = 256 << 10;

    private final Deque<DirectoryUpdate> changes = new ArrayDeque<>();

    /// The newest of them by what it changes.
    private final Map<ByteString, DirectoryUpdate> byBase = new HashMap<>();

    private final Set<Runnable> followers = ConcurrentHashMap.newKeySet();
    private long bytes;
    private @Nullable DirectoryUpdate newest;
    private @Nullable DirectoryUpdate whole;
    private boolean wholeIsOvertaken;
    private @Nullable Future<DirectoryUpdate> fetching;

    /// @param wake called, from any thread, when there may be something new
    void follow(Runnable wake) {
        followers.add(wake);
    }

    void leave(Runnable wake) {
        followers.remove(wake);
    }

    void heard(DirectoryUpdate update) {
        synchronized (this) {
            newest = update;
            wholeIsOvertaken |=
                    whole != null
                            && !update.isAnnouncement()
                            && update.base().equals(whole.digest());
            if (followers.isEmpty()) {
                clear();
            } else if (!update.isAnnouncement()) {
                changes.addLast(update);
                byBase.put(update.base(), update);
                bytes += update.frame().length;
                while (bytes > KEPT_BYTES) {
                    DirectoryUpdate oldest = changes.removeFirst();
                    byBase.remove(oldest.base(), oldest);
                    bytes -= oldest.frame().length;
                }
            }
        }
        followers.forEach(Runnable::run);
    }

    private void clear() {
        changes.clear();
        byBase.clear();
        bytes = 0;
        whole = null;
    }

    /// Changes may have been missed.
    void forget() {
        synchronized (this) {
            clear();
            newest = null;
            fetching = null;
        }
        followers.forEach(Runnable::run);
    }

    /// What leads on from a directory towards the one that stands; empty if it stands itself, or if
    /// nothing is known that leads there.
    synchronized Optional<DirectoryUpdate> after(ByteString digest) {
        return stands(digest) || !leadsOn(digest)
                ? Optional.empty()
                : Optional.ofNullable(byBase.get(digest));
    }

    /// Whether nothing is known to lead on from it.
    synchronized boolean stands(ByteString digest) {
        DirectoryUpdate last = newest;
        DirectoryUpdate known = whole;
        if (last != null && last.digest().equals(digest)) {
            return true;
        }
        return known != null
                && !wholeIsOvertaken
                && (last == null || known.version() >= last.version())
                && known.digest().equals(digest);
    }

    /// Whether it stands, or changes that are kept lead from it to what does.
    synchronized boolean leadsOn(ByteString digest) {
        ByteString reached = digest;
        for (int step = 0; step <= changes.size(); step++) {
            if (stands(reached)) {
                return true;
            }
            DirectoryUpdate next = byBase.get(reached);
            if (next == null) {
                return false;
            }
            reached = next.digest();
        }
        return false;
    }

    /// Whether what is heard of last changes nothing, so that nothing more is on its way.
    synchronized boolean isAnnounced() {
        return newest != null && newest.isAnnouncement();
    }

    /// All of it, from where what was heard since leads on.
    ///
    /// @param fetch asks policy-service; asked once for many who ask at the same time
    synchronized Future<DirectoryUpdate> whole(Supplier<Future<DirectoryUpdate>> fetch) {
        DirectoryUpdate known = whole;
        if (known != null && leadsOn(known.digest())) {
            return Future.succeededFuture(known);
        }
        Future<DirectoryUpdate> underWay = fetching;
        if (underWay != null) {
            return underWay;
        }
        Future<DirectoryUpdate> begun = fetch.get();
        fetching = begun;
        begun.onComplete(ended -> fetched(begun));
        return begun;
    }

    private synchronized void fetched(Future<DirectoryUpdate> ended) {
        if (fetching == ended) {
            fetching = null;
            if (ended.succeeded()) {
                whole = ended.result();
                wholeIsOvertaken = byBase.containsKey(ended.result().digest());
            }
        }
    }
}
