package io.ringfence.policy.compile;

import io.ringfence.contracts.policy.SignedPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The signed policy of each enforcer as it stands.
@ApplicationScoped
public class CurrentPolicies {
    private final Map<String, SignedPolicy> policies = new ConcurrentHashMap<>();

    public Optional<SignedPolicy> of(String enforcerId) {
        return Optional.ofNullable(policies.get(enforcerId));
    }

    public void put(String enforcerId, SignedPolicy policy) {
        policies.put(enforcerId, policy);
    }

    public void remove(String enforcerId) {
        policies.remove(enforcerId);
    }
}
