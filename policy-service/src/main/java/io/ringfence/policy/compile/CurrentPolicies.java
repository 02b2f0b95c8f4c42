package io.ringfence.policy.compile;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.ringfence.contracts.policy.PolicySnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The policy of each enforcer as it stands. Those that another instance sends are compiled when
/// somebody asks.
@ApplicationScoped
public class CurrentPolicies {
    private final Map<String, Current> policies = new ConcurrentHashMap<>();
    private final Map<String, List<String>> tenants = new ConcurrentHashMap<>();
    private volatile OnDemand others = unknown -> Optional.empty();

    /// Serialized, because there may be ten thousand.
    private record Current(ByteString policy, Edition edition) {
        private static Current of(PolicySnapshot policy) {
            return new Current(
                    policy.toByteString(),
                    new Edition(
                            policy.getVersion(),
                            policy.getDigest(),
                            policy.getCompiledAtMs(),
                            List.copyOf(policy.getTenantsList())));
        }
    }

    /// Which policy it is.
    ///
    /// @param version 0: compiled here, and not announced yet by the instance that numbers it
    /// @param compiledAtMillis of that version
    /// @param tenants whose directories it is read with
    public record Edition(
            long version, ByteString digest, long compiledAtMillis, List<String> tenants) {
        public boolean isNumbered() {
            return version != 0;
        }
    }

    /// Compiles what nobody has put here.
    @FunctionalInterface
    public interface OnDemand {
        /// Empty for an enforcer that is not registered.
        Optional<PolicySnapshot> compile(String enforcerId);
    }

    public void compileOthers(OnDemand compiler) {
        others = compiler;
    }

    public Optional<PolicySnapshot> of(String enforcerId) {
        return current(enforcerId).map(Current::policy).map(this::read);
    }

    public Optional<Edition> edition(String enforcerId) {
        return current(enforcerId).map(Current::edition);
    }

    /// Without compiling anything.
    public Optional<PolicySnapshot> kept(String enforcerId) {
        return Optional.ofNullable(policies.get(enforcerId)).map(Current::policy).map(this::read);
    }

    /// Whose directories its policy is read with, or was when it was compiled here last. Empty for
    /// an enforcer that has none.
    public Optional<List<String>> tenantsLately(String enforcerId) {
        List<String> known = tenants.get(enforcerId);
        return known != null ? Optional.of(known) : edition(enforcerId).map(Edition::tenants);
    }

    public void put(PolicySnapshot policy) {
        Current current = Current.of(policy);
        policies.put(policy.getEnforcerId(), current);
        tenants.put(policy.getEnforcerId(), current.edition().tenants());
    }

    /// The copy is old.
    public void release(String enforcerId) {
        policies.remove(enforcerId);
    }

    public void remove(String enforcerId) {
        policies.remove(enforcerId);
        tenants.remove(enforcerId);
    }

    private Optional<Current> current(String enforcerId) {
        Current kept = policies.get(enforcerId);
        return kept != null ? Optional.of(kept) : others.compile(enforcerId).map(Current::of);
    }

    private PolicySnapshot read(ByteString policy) {
        try {
            return PolicySnapshot.parseFrom(policy);
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
