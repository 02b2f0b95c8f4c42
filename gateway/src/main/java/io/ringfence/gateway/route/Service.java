package io.ringfence.gateway.route;

import io.ringfence.contracts.topic.Principal;

/// The services behind the door.
public enum Service {
    IDENTITY("identity", Principal.IDENTITY_SERVICE),
    POLICY("policy", Principal.POLICY_SERVICE),
    METRICS("metrics", Principal.METRICS_SERVICE);

    private final String key;
    private final Principal principal;

    Service(String key, Principal principal) {
        this.key = key;
        this.principal = principal;
    }

    /// As in `ringfence.gateway.services.<key>`.
    public String key() {
        return key;
    }

    public String processName() {
        return principal.commonName();
    }
}
