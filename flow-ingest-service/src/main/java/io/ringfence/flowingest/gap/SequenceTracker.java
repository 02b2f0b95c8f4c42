package io.ringfence.flowingest.gap;

import io.ringfence.contracts.flow.FlowBatch;
import io.ringfence.contracts.flow.PreviousEpoch;
import io.ringfence.flowingest.gap.Arrival.Fresh;
import io.ringfence.flowingest.gap.Arrival.Known;
import java.util.LinkedHashMap;
import java.util.Map;

/// Follows the numbering of the enforcers of one partition.
///
/// A record that comes again, after a restart or a rewind, is [Known] and changes nothing. The
/// first record seen of an enforcer is the base line: what was before it is not judged.
public final class SequenceTracker {
    private static final int REMEMBERED_EPOCHS = 8;

    private final Map<String, Epochs> enforcers = new LinkedHashMap<>();

    public Arrival arrived(FlowBatch batch) {
        return enforcers
                .computeIfAbsent(batch.getEnforcerId(), enforcer -> new Epochs())
                .arrived(batch);
    }

    /// The highest number seen per epoch, the newest epochs last.
    private static final class Epochs extends LinkedHashMap<Long, Long> {
        private static final long serialVersionUID = 1L;

        Arrival arrived(FlowBatch batch) {
            Long last = get(batch.getBootEpoch());
            if (last != null && batch.getSequence() <= last) {
                return new Known();
            }
            long missing = last == null ? missingBefore(batch) : batch.getSequence() - last - 1;
            put(batch.getBootEpoch(), batch.getSequence());
            return new Fresh(missing);
        }

        private long missingBefore(FlowBatch firstOfEpoch) {
            if (isEmpty()) {
                return 0;
            }
            if (!firstOfEpoch.hasPreviousEpoch()) {
                return firstOfEpoch.getSequence() - 1;
            }
            PreviousEpoch previous = firstOfEpoch.getPreviousEpoch();
            Long seen = get(previous.getBootEpoch());
            return seen == null ? 0 : Math.max(0, previous.getLastSequence() - seen);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > REMEMBERED_EPOCHS;
        }
    }
}
