package io.ringfence.gateway.health;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;

/// One line of `/healthchecks`, as it is on the wire (`reference/api.md` §6).
record Check(
        Type type,
        Status status,
        String name,
        @JsonIgnore Duration took,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> alerts) {

    @SuppressWarnings("ConstantName")
    enum Type {
        @JsonProperty("General")
        GENERAL,
        @JsonProperty("Service")
        SERVICE,
        @JsonProperty("Database")
        DATABASE,
        @JsonProperty("MessagingSystem")
        MESSAGING_SYSTEM,
        @JsonProperty("TSDB")
        TIME_SERIES
    }

    enum Status {
        @JsonProperty("Operational")
        OPERATIONAL,
        @JsonProperty("Degraded")
        DEGRADED,
        @JsonProperty("Offline")
        OFFLINE
    }

    static Check operational(Type type, String name, Duration took) {
        return new Check(type, Status.OPERATIONAL, name, took, List.of());
    }

    static Check offline(Type type, String name, Duration took, String alert) {
        return new Check(type, Status.OFFLINE, name, took, List.of(alert));
    }

    /// As 5.0 wrote it: `195µs`, `12ms`.
    @JsonProperty("responseTime")
    String responseTime() {
        long micros = took.toNanos() / 1_000;
        return micros < 1_000 ? micros + "µs" : micros / 1_000 + "ms";
    }
}
