package io.ringfence.policy.compile;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.SignedPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The signed policy of each enforcer as it stands.
@ApplicationScoped
public class CurrentPolicies {
    private final Map<String, Current> policies = new ConcurrentHashMap<>();

    private record Current(SignedPolicy signed, Edition edition) {}

    /// Which policy it is.
    ///
    /// @param tenants whose directories it is read with
    public record Edition(
            long version, ByteString digest, long compiledAtMillis, List<String> tenants) {}

    public Optional<SignedPolicy> of(String enforcerId) {
        return Optional.ofNullable(policies.get(enforcerId)).map(Current::signed);
    }

    public Optional<Edition> edition(String enforcerId) {
        return Optional.ofNullable(policies.get(enforcerId)).map(Current::edition);
    }

    public void put(PolicySnapshot policy, SignedPolicy signed) {
        policies.put(
                policy.getEnforcerId(),
                new Current(
                        signed,
                        new Edition(
                                policy.getVersion(),
                                policy.getDigest(),
                                policy.getCompiledAtMs(),
                                List.copyOf(policy.getTenantsList()))));
    }

    public void remove(String enforcerId) {
        policies.remove(enforcerId);
    }
}
