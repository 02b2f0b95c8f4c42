package io.ringfence.policy.receipt;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import java.time.Clock;
import java.util.Map;

/// The service's publisher of receipts, for tests of the way to it.
public final class ReceiptPublishers {
    private ReceiptPublishers() {}

    public static ReceiptPublisher of(
            Map<String, Object> kafka, EnforcerReceipts receipts, MeterRegistry meters) {
        return new ReceiptPublisher(kafka, receipts, Clock.systemUTC(), meters);
    }

    public static void stop(ReceiptPublisher publisher) {
        publisher.stop(new ShutdownEvent());
    }
}
