package io.ringfence.gateway.stream;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.policy.HeldDirectory;
import io.ringfence.gateway.route.Upstreams;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Where one enforcer is with the directories its policy is read with: for each a digest, whatever
/// it still has to be sent. Lives on the connection's event loop.
final class FollowedDirectories {
    private static final Logger LOG = Logger.getLogger(FollowedDirectories.class);
    private static final long ASTRAY_MILLISECONDS = 500;
    private static final int MOST_TIMES_ASTRAY = 5;
    private static final long FIRST_RETRY_MILLISECONDS = 100;
    private static final long MAX_RETRY_MILLISECONDS = 5_000;

    private final Vertx vertx;
    private final Context context;
    private final PolicyServiceCalls calls;
    private final DirectoryFeeds feeds;
    private final Runnable wake;
    private final Map<String, ByteString> held = new HashMap<>();
    private final Map<String, Followed> followed = new HashMap<>();
    private boolean isClosed;

    private static final class Followed {
        private final TenantFeed feed;
        private ByteString digest;
        private @Nullable DirectoryUpdate whole;
        private int timesAstray;
        private boolean isChecked;
        private boolean isChecking;

        private Followed(TenantFeed feed, ByteString digest) {
            this.feed = feed;
            this.digest = digest;
        }
    }

    /// @param wake called, from any thread, when [#next] may have something
    FollowedDirectories(
            Vertx vertx,
            Context context,
            PolicyServiceCalls calls,
            DirectoryFeeds feeds,
            Runnable wake) {
        this.vertx = vertx;
        this.context = context;
        this.calls = calls;
        this.feeds = feeds;
        this.wake = wake;
    }

    /// What the enforcer has already.
    void holds(List<HeldDirectory> directories) {
        directories.forEach(directory -> held.put(directory.getTenant(), directory.getDigest()));
    }

    /// These, and no others from now on.
    void follow(Collection<String> tenants) {
        if (isClosed) {
            return;
        }
        followed.entrySet()
                .removeIf(each -> {
                    boolean isOver = !tenants.contains(each.getKey());
                    if (isOver) {
                        each.getValue().feed.leave(wake);
                    }
                    return isOver;
                });
        for (String tenant : tenants) {
            if (!followed.containsKey(tenant)) {
                Followed one =
                        new Followed(feeds.of(tenant), held.getOrDefault(tenant, ByteString.EMPTY));
                followed.put(tenant, one);
                one.feed.follow(wake);
                check(tenant, one, FIRST_RETRY_MILLISECONDS);
            }
        }
        // An enforcer gives up what its policy is not read with.
        held.clear();
    }

    /// What the enforcer has to be sent next. It is taken for sent.
    Optional<DirectoryUpdate> next() {
        for (Map.Entry<String, Followed> each : followed.entrySet()) {
            Optional<DirectoryUpdate> next = next(each.getKey(), each.getValue());
            if (next.isPresent()) {
                return next;
            }
        }
        return Optional.empty();
    }

    private Optional<DirectoryUpdate> next(String tenant, Followed one) {
        Optional<DirectoryUpdate> next =
                one.isChecked ? one.feed.after(one.digest) : Optional.empty();
        if (next.isEmpty() && one.whole != null) {
            next = Optional.of(one.whole);
        }
        if (next.isPresent()) {
            one.digest = next.get().digest();
            one.whole = null;
            one.isChecked = true;
            one.timesAstray = 0;
        } else if (one.isChecked && one.feed.stands(one.digest)) {
            one.timesAstray = 0;
        } else if (one.isChecked) {
            checkLater(tenant, one);
        }
        return next;
    }

    void close() {
        isClosed = true;
        followed.values().forEach(one -> one.feed.leave(wake));
        followed.clear();
    }

    /// Compares what the enforcer has with what stands.
    private void check(String tenant, Followed one, long retryMilliseconds) {
        if (one.isChecking || followed.get(tenant) != one) {
            return;
        }
        one.isChecking = true;
        one.feed
                .whole(() -> calls.directory(tenant).map(answer -> read(tenant, answer)))
                .onComplete(whole ->
                        context.runOnContext(now -> {
                            one.isChecking = false;
                            if (whole.succeeded()) {
                                compare(one, whole.result());
                            } else {
                                LOG.debugf("No directory of '%s': %s", tenant, whole.cause());
                                checkAgain(tenant, one, retryMilliseconds);
                            }
                        }));
    }

    private void compare(Followed one, DirectoryUpdate whole) {
        boolean canFollow = whole.digest().equals(one.digest) || one.feed.leadsOn(one.digest);
        one.whole = canFollow ? null : whole;
        one.isChecked = canFollow;
        wake.run();
    }

    /// The service may be away.
    private void checkAgain(String tenant, Followed one, long milliseconds) {
        vertx.timer(milliseconds, TimeUnit.MILLISECONDS)
                .onSuccess(waited ->
                        check(tenant, one, Math.min(2 * milliseconds, MAX_RETRY_MILLISECONDS)));
    }

    /// Another instance of policy-service may be about to say how it goes on from here; but where
    /// somebody says what stands, that was the last word.
    private void checkLater(String tenant, Followed one) {
        if (one.isChecking) {
            return;
        }
        one.isChecking = true;
        long milliseconds =
                one.timesAstray == 0 && one.feed.isAnnounced()
                        ? 1
                        : Math.min(ASTRAY_MILLISECONDS << one.timesAstray, MAX_RETRY_MILLISECONDS);
        one.timesAstray = Math.min(one.timesAstray + 1, MOST_TIMES_ASTRAY);
        ByteString digest = one.digest;
        vertx.timer(milliseconds, TimeUnit.MILLISECONDS)
                .onSuccess(waited -> {
                    one.isChecking = false;
                    if (one.digest.equals(digest) && one.feed.after(digest).isEmpty()) {
                        check(tenant, one, FIRST_RETRY_MILLISECONDS);
                    }
                });
    }

    private static DirectoryUpdate read(String tenant, Upstreams.Answer answer) {
        if (answer.status() != 200) {
            throw new IllegalStateException("status " + answer.status());
        }
        DirectoryUpdate whole = DirectoryUpdate.of(answer.body().getBytes());
        if (!whole.tenant().equals(tenant)) {
            throw new IllegalStateException("the directory of another tenant");
        }
        return whole;
    }
}
