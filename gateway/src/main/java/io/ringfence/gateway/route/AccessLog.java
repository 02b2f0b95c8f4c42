package io.ringfence.gateway.route;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// A line and a measurement for every request. Queries, headers and bodies are not in it: they
/// carry secrets.
@Singleton
class AccessLog {
    private static final Logger ACCESS = Logger.getLogger("access");

    private final MeterRegistry metrics;
    private final Map<Integer, Timer> timers = new ConcurrentHashMap<>();

    AccessLog(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    void account(Exchange exchange) {
        int status = exchange.status();
        double milliseconds = exchange.elapsedMilliseconds();
        if (ACCESS.isInfoEnabled()) {
            ACCESS.info(line(exchange, status, milliseconds));
        }
        timers.computeIfAbsent(status / 100, this::timer)
                .record((long) (milliseconds * 1_000), TimeUnit.MICROSECONDS);
    }

    /// Put together by hand: a formatter costs more than writing the line.
    private static String line(Exchange exchange, int status, double milliseconds) {
        long tenths = Math.round(milliseconds * 10);
        return exchange.method()
                + ' '
                + exchange.path()
                + ' '
                + status
                + ' '
                + tenths / 10
                + '.'
                + tenths % 10
                + "ms "
                + exchange.requestId()
                + ' '
                + exchange.caller();
    }

    private Timer timer(int hundreds) {
        return Timer.builder("ringfence_gateway_requests")
                .tag("outcome", hundreds + "xx")
                .register(metrics);
    }
}
