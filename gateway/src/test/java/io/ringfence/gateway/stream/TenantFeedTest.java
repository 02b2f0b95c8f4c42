package io.ringfence.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TenantFeedTest {
    private final TenantFeed feed = new TenantFeed();
    private final AtomicInteger fetches = new AtomicInteger();

    @BeforeEach
    void follow() {
        feed.follow(() -> {});
    }

    @Test
    void doesNotGoRoundInCirclesWhereNothingLeadsToWhatStands() {
        feed.heard(change(2, "a", "b"));
        feed.heard(change(3, "b", "a"));
        feed.heard(change(4, "z", "z"));
        assertThat(feed.leadsOn(digest("a"))).isFalse();
        assertThat(feed.after(digest("a"))).isEmpty();
        assertThat(feed.after(digest("b"))).isEmpty();
    }

    @Test
    void keepsNothingForNobody() {
        TenantFeed unread = new TenantFeed();
        unread.heard(change(2, "a", "b"));
        unread.heard(change(3, "b", "c"));
        assertThat(unread.after(digest("b"))).isEmpty();
        assertThat(unread.stands(digest("c"))).isTrue();
    }

    @Test
    void leadsOnStepByStepToWhatStands() {
        feed.heard(change(2, "a", "b"));
        feed.heard(change(3, "b", "c"));
        assertThat(feed.after(digest("a"))).contains(change(2, "a", "b"));
        assertThat(feed.after(digest("b"))).contains(change(3, "b", "c"));
        assertThat(feed.after(digest("c"))).isEmpty();
        assertThat(feed.stands(digest("c"))).isTrue();
        assertThat(feed.leadsOn(digest("a"))).isTrue();
        feed.heard(change(5, "y", "z"));
        assertThat(feed.leadsOn(digest("a"))).as("ends at c").isFalse();
        assertThat(feed.after(digest("a"))).isEmpty();
        feed.heard(change(6, "z", "c"));
        assertThat(feed.leadsOn(digest("a"))).isTrue();
        assertThat(feed.after(digest("x"))).isEmpty();
        assertThat(feed.stands(digest("x"))).isFalse();
    }

    @Test
    void takesTheShortestWayWhereADirectoryComesBack() {
        feed.heard(change(2, "a", "b"));
        feed.heard(change(3, "b", "a"));
        assertThat(feed.after(digest("a"))).isEmpty();
        feed.heard(change(4, "a", "c"));
        assertThat(feed.after(digest("a"))).contains(change(4, "a", "c"));
        assertThat(feed.after(digest("b"))).contains(change(3, "b", "a"));
    }

    @Test
    void takesTheSameWayInOtherStepsFromAnotherInstance() {
        feed.heard(change(2, "a", "b"));
        feed.heard(change(12, "a", "c"));
        feed.heard(change(3, "b", "c"));
        assertThat(feed.after(digest("b"))).contains(change(3, "b", "c"));
        assertThat(feed.after(digest("a"))).contains(change(12, "a", "c"));
    }

    @Test
    void keepsNoMoreThanItsShare() {
        int size = TenantFeed.KEPT_BYTES / 4;
        for (int version = 1; version <= 6; version++) {
            feed.heard(
                    new DirectoryUpdate(
                            "acme",
                            version,
                            digest("d" + (version - 1)),
                            digest("d" + version),
                            new byte[size]));
        }
        assertThat(feed.after(digest("d1"))).isEmpty();
        assertThat(feed.after(digest("d2"))).isPresent();
    }

    @Test
    void asksOnceForManyAndAgainOnceItCannotLeadOn() {
        Promise<DirectoryUpdate> answer = Promise.promise();
        Future<DirectoryUpdate> one = feed.whole(() -> fetch(answer));
        Future<DirectoryUpdate> other = feed.whole(() -> fetch(answer));
        answer.complete(change(1, "", "a"));
        assertThat(one.result()).isSameAs(other.result());
        assertThat(feed.whole(this::unexpected).result().version()).isEqualTo(1);

        feed.heard(change(2, "a", "b"));
        assertThat(feed.whole(this::unexpected).result().version()).isEqualTo(1);
        assertThat(fetches).hasValue(1);

        feed.heard(change(4, "y", "z"));
        Promise<DirectoryUpdate> next = Promise.promise();
        Future<DirectoryUpdate> again = feed.whole(() -> fetch(next));
        next.complete(change(4, "", "z"));
        assertThat(again.result().version()).isEqualTo(4);
        assertThat(fetches).hasValue(2);
    }

    @Test
    void whatLeadsOnFromTheWholeOvertakesItThoughAnotherInstanceNumberedThat() {
        Promise<DirectoryUpdate> answer = Promise.promise();
        feed.whole(() -> fetch(answer));
        answer.complete(change(10, "", "a"));
        assertThat(feed.stands(digest("a"))).isTrue();
        feed.heard(change(5, "a", "b"));
        assertThat(feed.stands(digest("a"))).isFalse();
        assertThat(feed.after(digest("a"))).contains(change(5, "a", "b"));
        assertThat(feed.stands(digest("b"))).isTrue();

        feed.heard(change(6, "y", "z"));
        Promise<DirectoryUpdate> late = Promise.promise();
        feed.whole(() -> fetch(late));
        feed.heard(change(7, "z", "c"));
        late.complete(change(20, "", "z"));
        assertThat(feed.stands(digest("z"))).isFalse();
        assertThat(feed.after(digest("z"))).contains(change(7, "z", "c"));
    }

    @Test
    void asksAgainAfterAFailureAndAfterAGap() {
        Promise<DirectoryUpdate> failing = Promise.promise();
        feed.whole(() -> fetch(failing));
        failing.fail("away");
        Promise<DirectoryUpdate> late = Promise.promise();
        feed.whole(() -> fetch(late));
        feed.forget();
        late.complete(change(1, "", "a"));
        Promise<DirectoryUpdate> fresh = Promise.promise();
        feed.whole(() -> fetch(fresh));
        assertThat(fetches).hasValue(3);
    }

    @Test
    void wakesWhoFollowsUntilTheyLeave() {
        AtomicInteger woken = new AtomicInteger();
        Runnable wake = woken::incrementAndGet;
        feed.follow(wake);
        feed.heard(change(1, "a", "b"));
        feed.leave(wake);
        feed.heard(change(2, "b", "c"));
        assertThat(woken).hasValue(1);
    }

    private Future<DirectoryUpdate> fetch(Promise<DirectoryUpdate> answer) {
        fetches.incrementAndGet();
        return answer.future();
    }

    private Future<DirectoryUpdate> unexpected() {
        throw new AssertionError("asked in vain");
    }

    private static DirectoryUpdate change(long version, String from, String to) {
        return new DirectoryUpdate("acme", version, digest(from), digest(to), FRAME);
    }

    private static ByteString digest(String text) {
        return ByteString.copyFromUtf8(text);
    }

    private static final byte[] FRAME = {};
}
