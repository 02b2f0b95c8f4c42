package io.ringfence.gateway.health;

import io.ringfence.gateway.health.Check.Status;
import io.ringfence.gateway.health.Check.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Everything that is known about the console's parts, and the status code that sums it up.
record Overview(List<Check> checks) {
    static final int FINE = 200;

    /// A critical part is not operational.
    static final int CRITICAL = 218;

    /// The gateway itself.
    static final int GATEWAY = 503;

    private static final Map<Type, String> BEHIND =
            Map.of(Type.DATABASE, "postgresql", Type.TIME_SERIES, "victoria-metrics");

    Overview {
        checks = List.copyOf(checks);
    }

    static Overview of(Check gateway, Check messaging, Collection<Readiness> services) {
        List<Check> checks = new ArrayList<>();
        checks.add(gateway);
        services.forEach(service -> checks.add(service.service()));
        BEHIND.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                        system -> checks.add(behind(system.getKey(), system.getValue(), services)));
        checks.add(messaging);
        return new Overview(checks);
    }

    int code() {
        if (checks.stream()
                .anyMatch(c -> c.type() == Type.GENERAL && c.status() == Status.OFFLINE)) {
            return GATEWAY;
        }
        return checks.stream().allMatch(check -> check.status() == Status.OPERATIONAL)
                ? FINE
                : CRITICAL;
    }

    /// The worst that any service says about the system. When no service can be asked, nobody
    /// knows, and that is degraded.
    private static Check behind(Type type, String name, Collection<Readiness> services) {
        List<Readiness> telling =
                services.stream().filter(service -> service.behind().containsKey(type)).toList();
        Duration took =
                telling.stream()
                        .map(service -> service.service().took())
                        .min(Duration::compareTo)
                        .orElse(Duration.ZERO);
        if (telling.isEmpty()) {
            return new Check(
                    type,
                    Status.DEGRADED,
                    name,
                    took,
                    List.of("No service could be asked about it."));
        }
        boolean down = telling.stream().anyMatch(s -> s.behind().get(type) != Status.OPERATIONAL);
        return down
                ? Check.offline(type, name, took, "A service cannot use it.")
                : Check.operational(type, name, took);
    }
}
