package io.ringfence.flowingest.consume;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.ringfence.contracts.flow.FlowBatch;
import io.ringfence.contracts.flow.FlowLoss;
import io.ringfence.flowingest.verify.Verification.Reason;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Everything that moves has a counter.
public final class IngestMeters {
    private static final String PREFIX = "ringfence.flow.ingest.";
    private static final String GAP = "gap";

    private final MeterRegistry registry;
    private final Clock clock;
    private final Counter records;
    private final Counter rows;
    private final Counter replayed;
    private final Counter retries;
    private final Counter rewinds;
    private final Timer write;
    private final AtomicLong lagMs = new AtomicLong();
    private final AtomicLong lagRecords = new AtomicLong();

    public IngestMeters(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        records = Counter.builder(PREFIX + "records").register(registry);
        rows = Counter.builder(PREFIX + "rows").register(registry);
        replayed = Counter.builder(PREFIX + "replayed").register(registry);
        retries = Counter.builder(PREFIX + "retries").register(registry);
        rewinds = Counter.builder(PREFIX + "rewinds").register(registry);
        write = Timer.builder(PREFIX + "write").register(registry);
        Gauge.builder(PREFIX + "lag.records", lagRecords, AtomicLong::get).register(registry);
        Gauge.builder(PREFIX + "lag.seconds", lagMs, lag -> lag.get() / 1_000.0)
                .description("how long ago the window written last had ended, when it was written")
                .register(registry);
        for (Reason reason : Reason.values()) {
            refusedCounter(reason);
        }
    }

    void consumed(int count) {
        records.increment(count);
    }

    void refused(Reason reason) {
        refusedCounter(reason).increment();
    }

    void written(int rowCount) {
        rows.increment(rowCount);
    }

    void windowWritten(long windowEndMs) {
        lagMs.set(clock.millis() - windowEndMs);
    }

    void retried() {
        retries.increment();
    }

    void rewound() {
        rewinds.increment();
    }

    void lag(long waitingRecords) {
        lagRecords.set(waitingRecords);
    }

    void wrote(long nanos) {
        write.record(nanos, TimeUnit.NANOSECONDS);
    }

    /// A record that had been consumed before: a replay.
    void seenAgain() {
        replayed.increment();
    }

    /// How many records never came, and what this one lacks. How many flows were in the records
    /// that never came nobody knows.
    void lost(FlowBatch batch, long missingRecords) {
        if (missingRecords > 0) {
            lost(batch.getEnforcerId(), GAP).increment(missingRecords);
        }
        for (FlowLoss loss : batch.getLossesList()) {
            lost(batch.getEnforcerId(), loss.getReason()).increment(loss.getCount());
        }
    }

    private Counter lost(String enforcerId, String reason) {
        return Counter.builder("ringfence.flows.lost")
                .description("flows lost by reason; for the reason 'gap': records that never came")
                .tag("enforcer", enforcerId)
                .tag("reason", reason)
                .register(registry);
    }

    private Counter refusedCounter(Reason reason) {
        return Counter.builder(PREFIX + "refused").tag("reason", reason.label()).register(registry);
    }
}
