package io.ringfence.gateway.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/// What moves on the streams.
@ApplicationScoped
class StreamMetrics {
    private static final String FRAMES = "ringfence_gateway_frames";

    private final Counter policies;
    private final Counter directories;
    private final Counter receipts;
    private final Counter conflated;
    private final Counter stale;
    private final Counter gaps;
    private final Counter lostReceipts;

    StreamMetrics(MeterRegistry metrics) {
        policies = metrics.counter(FRAMES, "kind", "policy");
        directories = metrics.counter(FRAMES, "kind", "directory");
        receipts = metrics.counter(FRAMES, "kind", "receipt");
        conflated = metrics.counter("ringfence_gateway_stream_conflations");
        stale = metrics.counter("ringfence_gateway_stream_stale");
        gaps = metrics.counter("ringfence_gateway_stream_gaps");
        lostReceipts = metrics.counter("ringfence_gateway_stream_receipts_dropped");
    }

    void sent() {
        policies.increment();
    }

    void sentDirectory() {
        directories.increment();
    }

    void offered(PolicyOutbox.Offer offer) {
        switch (offer) {
            case QUEUED -> {}
            case REPLACED -> conflated.increment();
            case STALE -> stale.increment();
            case GAP -> gaps.increment();
        }
    }

    void receipt() {
        receipts.increment();
    }

    void receiptDropped() {
        lostReceipts.increment();
    }
}
