package io.ringfence.flowingest.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CommitLedgerTest {
    private static final TopicPartition ONE = new TopicPartition("flows", 1);
    private static final TopicPartition TWO = new TopicPartition("flows", 2);

    private final CommitLedger ledger = new CommitLedger(Duration.ofSeconds(60));

    @Test
    void holdsAnOffsetBackUntilItsRecordsAreOldEnough() {
        ledger.written(ONE, 10, seconds(0));
        ledger.written(ONE, 20, seconds(30));
        assertThat(ledger.due(seconds(60))).isEmpty();
        assertThat(ledger.due(seconds(61))).isEqualTo(Map.of(ONE, new OffsetAndMetadata(10)));
        assertThat(ledger.due(seconds(61))).isEmpty();
        assertThat(ledger.due(seconds(95))).isEqualTo(Map.of(ONE, new OffsetAndMetadata(20)));
    }

    @Test
    void neverReleasesARecordBeforeItsTimeWhenManyShareASecond() {
        for (int ms = 0; ms < 1_000; ms++) {
            ledger.written(ONE, ms, ms * 1_000_000L);
        }
        assertThat(ledger.due(seconds(60) + 998_000_000L)).isEmpty();
        assertThat(ledger.due(seconds(61))).isEqualTo(Map.of(ONE, new OffsetAndMetadata(999)));
    }

    @Test
    void releasesTheHighestOfAllThatAreDue() {
        ledger.written(ONE, 10, seconds(0));
        ledger.written(ONE, 20, seconds(5));
        ledger.written(TWO, 7, seconds(5));
        assertThat(ledger.due(seconds(100)))
                .isEqualTo(Map.of(ONE, new OffsetAndMetadata(20), TWO, new OffsetAndMetadata(7)));
    }

    @Test
    void forgetsWhatAnotherInstanceReadsNow() {
        ledger.written(ONE, 10, seconds(0));
        ledger.written(TWO, 7, seconds(0));
        ledger.forget(List.of(ONE));
        assertThat(ledger.due(seconds(100))).containsOnlyKeys(TWO);
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
