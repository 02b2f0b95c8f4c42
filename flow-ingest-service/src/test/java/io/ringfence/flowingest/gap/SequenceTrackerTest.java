package io.ringfence.flowingest.gap;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.contracts.flow.FlowBatch;
import io.ringfence.contracts.flow.PreviousEpoch;
import io.ringfence.flowingest.gap.Arrival.Fresh;
import io.ringfence.flowingest.gap.Arrival.Known;
import org.junit.jupiter.api.Test;

class SequenceTrackerTest {
    private final SequenceTracker tracker = new SequenceTracker();

    @Test
    void takesTheFirstRecordAsBaseLine() {
        assertThat(tracker.arrived(record(1, 500))).isEqualTo(new Fresh(0));
    }

    @Test
    void countsWhatIsMissingBetweenTwoRecords() {
        tracker.arrived(record(1, 1));
        assertThat(tracker.arrived(record(1, 2))).isEqualTo(new Fresh(0));
        assertThat(tracker.arrived(record(1, 6))).isEqualTo(new Fresh(3));
    }

    @Test
    void knowsARecordThatComesAgain() {
        tracker.arrived(record(1, 1));
        tracker.arrived(record(1, 2));
        tracker.arrived(record(2, 1));
        assertThat(tracker.arrived(record(1, 1))).isEqualTo(new Known());
        assertThat(tracker.arrived(record(1, 2))).isEqualTo(new Known());
        assertThat(tracker.arrived(record(2, 1))).isEqualTo(new Known());
        assertThat(tracker.arrived(record(2, 2))).isEqualTo(new Fresh(0));
    }

    @Test
    void countsWhatThePreviousEpochLacks() {
        tracker.arrived(record(1, 4));
        assertThat(tracker.arrived(firstAfter(1, 6))).isEqualTo(new Fresh(2));
    }

    @Test
    void doesNotGuessWhenThePreviousEpochsEndIsUnknown() {
        tracker.arrived(record(1, 4));
        assertThat(tracker.arrived(firstAfter(1, 0))).isEqualTo(new Fresh(0));
    }

    @Test
    void countsTheMissingBeginningOfAnEpoch() {
        tracker.arrived(record(1, 4));
        assertThat(tracker.arrived(record(2, 3))).isEqualTo(new Fresh(2));
    }

    @Test
    void keepsEnforcersApart() {
        tracker.arrived(record(1, 1));
        assertThat(tracker.arrived(record(1, 9).toBuilder().setEnforcerId("other").build()))
                .isEqualTo(new Fresh(0));
    }

    private static FlowBatch record(long epoch, long sequence) {
        return FlowBatch.newBuilder()
                .setEnforcerId("one")
                .setBootEpoch(epoch)
                .setSequence(sequence)
                .build();
    }

    private static FlowBatch firstAfter(long epoch, long last) {
        return record(99, 1).toBuilder()
                .setPreviousEpoch(
                        PreviousEpoch.newBuilder().setBootEpoch(epoch).setLastSequence(last))
                .build();
    }
}
