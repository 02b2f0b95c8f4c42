package io.ringfence.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.ringfence.gateway.events.RecentEvents.Look;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentEventsTest {
    private final RecentEvents recent = new RecentEvents(3 * event(0, 0).bytes());

    @Test
    void givesWhatIsThereFromAnOffsetOn() {
        recent.begin(0, 10);
        recent.add(event(0, 10));
        recent.skip(0, 11);
        recent.add(event(0, 12));

        assertThat(offsets(recent.look(0, 10))).containsExactly(10L, 12L);
        assertThat(offsets(recent.look(0, 11))).containsExactly(12L);
        assertThat(recent.look(0, 13)).isEqualTo(new Look.NothingNew());
        assertThat(recent.look(0, 99)).isEqualTo(new Look.NothingNew());
        assertThat(recent.look(0, 9)).isEqualTo(new Look.Forgotten());
        assertThat(recent.end(0)).isEqualTo(13);
    }

    @Test
    void forgetsTheOldestOfAllPartitionsWhenItIsFull() {
        recent.begin(0, 0);
        recent.begin(1, 0);
        recent.add(event(0, 0));
        recent.add(event(1, 0));
        recent.add(event(1, 1));
        recent.add(event(1, 2));

        assertThat(recent.look(0, 0)).isEqualTo(new Look.Forgotten());
        assertThat(recent.look(0, 1)).isEqualTo(new Look.NothingNew());
        assertThat(offsets(recent.look(1, 0))).containsExactly(0L, 1L, 2L);
    }

    @Test
    void keepsWhatItHasWhenListeningGoesOnWithoutAGap() {
        recent.begin(0, 0);
        recent.add(event(0, 0));
        recent.begin(0, 1);

        assertThat(offsets(recent.look(0, 0))).containsExactly(0L);
    }

    @Test
    void startsAnewAfterAGap() {
        recent.begin(0, 0);
        recent.begin(1, 0);
        recent.add(event(0, 0));
        recent.add(event(1, 0));
        recent.begin(0, 7);
        recent.add(event(0, 7));
        recent.add(event(0, 8));

        assertThat(recent.look(0, 1)).isEqualTo(new Look.Forgotten());
        assertThat(offsets(recent.look(0, 7))).containsExactly(7L, 8L);
        assertThat(offsets(recent.look(1, 0))).containsExactly(0L);
    }

    private static List<Long> offsets(Look look) {
        return look instanceof Look.Found(List<ObjectEvent> events)
                ? events.stream().map(ObjectEvent::offset).toList()
                : List.of();
    }

    private static ObjectEvent event(int partition, long offset) {
        return new ObjectEvent(
                partition,
                offset,
                "processingunit",
                "/acme",
                EventType.CREATE,
                Instant.EPOCH,
                ByteString.copyFromUtf8("{}"));
    }
}
