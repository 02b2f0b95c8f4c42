package io.ringfence.identity.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyScheduleTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration LONGEST = Duration.ofDays(10);
    private static final Duration AGE = Duration.ofDays(30);

    private final TokenKey old = key("old", NOW.minus(Duration.ofDays(40)));
    private final TokenKey current = key("current", NOW.minus(Duration.ofDays(2)));
    private final TokenKey next = key("next", NOW.plus(Duration.ofMinutes(3)));

    @Test
    void signsWithTheNewestWhoseTimeHasCome() {
        KeySchedule schedule = schedule(next, old, current);
        assertThat(schedule.signing(NOW)).contains(current);
        assertThat(schedule.signing(NOW.plus(Duration.ofMinutes(3)))).contains(next);
        assertThat(schedule().signing(NOW)).isEmpty();
    }

    @Test
    void publishesAKeyBeforeItSigns() {
        KeySchedule schedule = schedule(current, next);
        assertThat(schedule.state(next, NOW)).isEqualTo(KeySchedule.State.PUBLISHED);
        assertThat(schedule.published(NOW).keys()).containsKeys(current.keyId(), next.keyId());
    }

    @Test
    void publishesAKeyForAsLongAsATokenOfItMayLive() {
        KeySchedule schedule = schedule(old, current);
        Instant end = current.signsFrom().plus(LONGEST).plus(Duration.ofMinutes(5));
        assertThat(schedule.state(old, NOW)).isEqualTo(KeySchedule.State.RETIRED);
        assertThat(schedule.published(end.minusSeconds(1)).keys()).containsKey(old.keyId());
        assertThat(schedule.published(end).keys()).containsOnlyKeys(current.keyId());
        assertThat(schedule.state(old, end)).isEqualTo(KeySchedule.State.EXPIRED);
        assertThat(schedule.publishedUntil(current)).isEmpty();
    }

    @Test
    void putsTheFormerKeyBackWhenTheNextIsWithdrawn() {
        KeySchedule without = schedule(current, next).without(next.id());
        assertThat(without.signing(NOW.plus(Duration.ofHours(1)))).contains(current);
        assertThat(without.publishedUntil(current)).isEmpty();
    }

    @Test
    void neverSignsWithAKeyWhosePrivatePartIsGone() {
        TokenKey erased =
                new TokenKey("erased", current.publicKey(), Optional.empty(), current.signsFrom());
        assertThat(schedule(erased).signing(NOW)).isEmpty();
    }

    @Test
    void isDueWhenTheNewestHasSignedLongEnough() {
        assertThat(schedule().isDue(AGE, NOW)).isTrue();
        assertThat(schedule(old).isDue(AGE, NOW)).isTrue();
        assertThat(schedule(old, current).isDue(AGE, NOW)).isFalse();
        assertThat(schedule(old, next).isDue(AGE, NOW)).isFalse();
    }

    private static KeySchedule schedule(TokenKey... keys) {
        return new KeySchedule(List.of(keys), LONGEST);
    }

    private static TokenKey key(String id, Instant signsFrom) {
        return TokenKey.fresh(id, signsFrom);
    }
}
