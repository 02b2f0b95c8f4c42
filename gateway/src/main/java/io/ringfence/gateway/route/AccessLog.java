package io.ringfence.gateway.route;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// A line and a measurement for every request. Queries, headers and bodies are not in it: they
/// carry secrets.
@ApplicationScoped
class AccessLog {
    private static final Logger ACCESS = Logger.getLogger("access");

    private final MeterRegistry metrics;

    AccessLog(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    void account(Exchange exchange) {
        int status = exchange.status();
        double milliseconds = exchange.elapsedMilliseconds();
        ACCESS.infof(
                "%s %s %d %.1fms %s %s",
                exchange.method(),
                exchange.path(),
                status,
                milliseconds,
                exchange.requestId(),
                exchange.caller());
        Timer.builder("ringfence_gateway_requests")
                .tag("outcome", status / 100 + "xx")
                .register(metrics)
                .record((long) (milliseconds * 1_000), TimeUnit.MICROSECONDS);
    }
}
