package io.ringfence.embedded.init;

import io.ringfence.contracts.topic.Principal;

/// Where everything of one installation listens: distances from a base.
public record Ports(int base) {
    private static final int MANAGEMENT_DISTANCE = 100;

    public Ports {
        if (base < 1_024 || base > 64_000) {
            throw new IllegalArgumentException(
                    "the port base must lie between 1024 and 64000; " + base + " does not");
        }
    }

    /// Plain HTTP, loopback only.
    public int api() {
        return base + 80;
    }

    public int apiTls() {
        return base + 443;
    }

    public int kafkaInternal() {
        return base + 92;
    }

    public int kafkaEnforcers() {
        return base + 93;
    }

    public int kafkaController() {
        return base + 94;
    }

    public int jwks() {
        return base + 100;
    }

    public int postgres() {
        return base + 432;
    }

    public int victoriaMetrics() {
        return base + 428;
    }

    /// HTTPS of a service behind the gateway.
    public int service(Principal service) {
        return switch (service) {
            case IDENTITY_SERVICE -> base + 101;
            case POLICY_SERVICE -> base + 102;
            case FLOW_INGEST_SERVICE -> base + 103;
            case METRICS_SERVICE -> base + 104;
            case GATEWAY -> apiTls();
            case ENFORCER -> throw new IllegalArgumentException("an enforcer does not listen");
        };
    }

    /// Plain HTTP for health and metrics, loopback only.
    public int management(Principal service) {
        return service == Principal.GATEWAY ? base + 200 : service(service) + MANAGEMENT_DISTANCE;
    }
}
