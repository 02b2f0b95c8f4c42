package io.ringfence.gateway.events;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/// What happens on `/events`, for Prometheus.
@ApplicationScoped
class EventMetrics {
    private final Counter frames;
    private final Counter lookedBack;
    private final Counter gone;
    private final Counter unreadable;

    EventMetrics(MeterRegistry metrics) {
        frames = metrics.counter("ringfence_gateway_event_frames");
        lookedBack = metrics.counter("ringfence_gateway_event_lookbacks");
        gone = metrics.counter("ringfence_gateway_event_positions_gone");
        unreadable = metrics.counter("ringfence_gateway_event_records_skipped");
    }

    void sent() {
        frames.increment();
    }

    /// A client was so far behind that Kafka had to be read again.
    void lookedBack() {
        lookedBack.increment();
    }

    void gone() {
        gone.increment();
    }

    /// Read again from Kafka, and again not understood; it is among the dead letters already.
    void skipped() {
        unreadable.increment();
    }
}
