package io.ringfence.gateway.authorize;

import static io.ringfence.gateway.authorize.Verb.GET;
import static io.ringfence.gateway.authorize.Verb.POST;
import static io.ringfence.gateway.authorize.Verb.PUT;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The roles of `reference/api.md` Appendix C that exist so far, and what each may do.
enum Role {
    NAMESPACE_ADMINISTRATOR("namespace.administrator", Grant.all(Grant.ANY)),
    NAMESPACE_VIEWER(
            "namespace.viewer",
            Grant.of(Grant.ANY, GET),
            Grant.of("reportsquery", POST),
            Grant.of("metricsquery", POST),
            Grant.of("metricsqueryrange", POST)),
    /// What an enforcer does in its own namespace and below. Sending reports needs no role: they go
    /// through Kafka.
    ENFORCER(
            "enforcer",
            Grant.of("enforcercertificate", POST),
            Grant.of("enforcer", POST, GET, PUT),
            Grant.of("processingunit", POST, GET, PUT),
            Grant.of("namespace", GET),
            Grant.of("enforcerstream", GET),
            Grant.of("issue", POST));

    private static final String PREFIX = "@auth:role=";

    private final String key;
    private final List<Grant> grants;

    Role(String name, Grant... grants) {
        this.key = PREFIX + name;
        this.grants = List.of(grants);
    }

    static Optional<Role> keyed(String key) {
        return Arrays.stream(values()).filter(role -> role.key.equals(key)).findFirst();
    }

    String key() {
        return key;
    }

    List<Grant> grants() {
        return grants;
    }
}
