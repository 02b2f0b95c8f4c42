package io.ringfence.gateway.stream;

import io.ringfence.contracts.policy.PolicyReceipt;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Passes an enforcer's receipts on, one at a time. Only the newest waits; one that cannot be
/// delivered is tried again until a newer one comes. Lives on the connection's event loop.
final class ReceiptRelay {
    private static final long PAUSE_MILLISECONDS = 1_000;

    private final Vertx vertx;
    private final PolicyServiceCalls calls;
    private final StreamMetrics metrics;
    private @Nullable PolicyReceipt waiting;
    private boolean delivering;
    private boolean closed;

    ReceiptRelay(Vertx vertx, PolicyServiceCalls calls, StreamMetrics metrics) {
        this.vertx = vertx;
        this.calls = calls;
        this.metrics = metrics;
    }

    void offer(PolicyReceipt receipt) {
        metrics.receipt();
        if (waiting != null) {
            metrics.receiptDropped();
        }
        waiting = receipt;
        deliver();
    }

    void close() {
        closed = true;
    }

    private void deliver() {
        PolicyReceipt receipt = waiting;
        if (receipt == null || delivering || closed) {
            return;
        }
        waiting = null;
        delivering = true;
        calls.receipt(receipt.toByteArray())
                .map(answer -> answer.status() < 500)
                .otherwise(false)
                .onSuccess(delivered -> {
                    if (delivered) {
                        delivering = false;
                        deliver();
                    } else {
                        tryAgain(receipt);
                    }
                });
    }

    private void tryAgain(PolicyReceipt receipt) {
        vertx.timer(PAUSE_MILLISECONDS, TimeUnit.MILLISECONDS)
                .onSuccess(waited -> {
                    delivering = false;
                    if (waiting == null) {
                        waiting = receipt;
                    } else {
                        metrics.receiptDropped();
                    }
                    deliver();
                });
    }
}
