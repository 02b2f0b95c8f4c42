package io.ringfence.gateway.health;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.gateway.health.Check.Status;
import io.ringfence.gateway.health.Check.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What one service's readiness document says, also about what stands behind the service.
///
/// @param behind the worst it says about each kind of system it uses
record Readiness(Check service, Map<Type, Status> behind) {

    static Readiness unreachable(String name, Duration took) {
        return new Readiness(
                Check.offline(Type.SERVICE, name, took, "It does not answer."), Map.of());
    }

    /// @param document MicroProfile Health's form: `status`, `checks[name, status]`
    static Readiness of(String name, Duration took, JsonNode document) {
        Map<Type, Status> behind = new EnumMap<>(Type.class);
        List<String> alerts = new ArrayList<>();
        for (JsonNode check : document.path("checks")) {
            String checked = check.path("name").asText("");
            boolean up = isUp(check);
            if (!up) {
                alerts.add("Not ready: " + checked + ".");
            }
            kind(checked, up, check.path("data").path("trouble").asText(""))
                    .ifPresent(type ->
                            behind.merge(
                                    type,
                                    up ? Status.OPERATIONAL : Status.OFFLINE,
                                    (a, b) -> a.compareTo(b) > 0 ? a : b));
        }
        Status status = isUp(document) ? Status.OPERATIONAL : Status.DEGRADED;
        return new Readiness(new Check(Type.SERVICE, status, name, took, alerts), behind);
    }

    private static boolean isUp(JsonNode node) {
        return node.path("status").asText("").equals("UP");
    }

    /// A check of a service's own is ready only if all it needs is; when it is not, what it says
    /// about its trouble tells which of them.
    private static Optional<Type> kind(String checkName, boolean up, String trouble) {
        String name = (checkName + " " + trouble).toLowerCase(Locale.ROOT);
        if (up && checkName.equals("flow ingest")) {
            return Optional.of(Type.TIME_SERIES);
        }
        if (name.contains("postgres") || name.contains("database")) {
            return Optional.of(Type.DATABASE);
        }
        if (name.contains("kafka") || name.contains("messaging")) {
            return Optional.of(Type.MESSAGING_SYSTEM);
        }
        if (name.contains("victoria") || name.contains("time series")) {
            return Optional.of(Type.TIME_SERIES);
        }
        return Optional.empty();
    }
}
