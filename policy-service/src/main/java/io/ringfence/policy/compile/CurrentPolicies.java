package io.ringfence.policy.compile;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.ringfence.contracts.policy.PolicySnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The policy of each enforcer as it stands.
@ApplicationScoped
public class CurrentPolicies {
    private final Map<String, Current> policies = new ConcurrentHashMap<>();

    /// Serialized, because there may be ten thousand.
    private record Current(ByteString policy, Edition edition) {}

    /// Which policy it is.
    ///
    /// @param tenants whose directories it is read with
    public record Edition(
            long version, ByteString digest, long compiledAtMillis, List<String> tenants) {}

    public Optional<PolicySnapshot> of(String enforcerId) {
        return Optional.ofNullable(policies.get(enforcerId)).map(Current::policy).map(this::read);
    }

    public Optional<Edition> edition(String enforcerId) {
        return Optional.ofNullable(policies.get(enforcerId)).map(Current::edition);
    }

    public void put(PolicySnapshot policy) {
        policies.put(
                policy.getEnforcerId(),
                new Current(
                        policy.toByteString(),
                        new Edition(
                                policy.getVersion(),
                                policy.getDigest(),
                                policy.getCompiledAtMs(),
                                List.copyOf(policy.getTenantsList()))));
    }

    public void remove(String enforcerId) {
        policies.remove(enforcerId);
    }

    private PolicySnapshot read(ByteString policy) {
        try {
            return PolicySnapshot.parseFrom(policy);
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
