package io.ringfence.policy.compile;

import com.google.protobuf.ByteString;
import io.ringfence.engine.directory.TenantDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/// The directory of each tenant as it stands. A tenant whose units own nothing has an entry only if
/// they did once.
@ApplicationScoped
public class CurrentDirectories {
    private final Map<String, Edition> editions = new ConcurrentHashMap<>();
    private volatile OptionalLong completeSinceMillis = OptionalLong.empty();

    /// Which directory it is.
    public record Edition(TenantDirectory directory, long version, long compiledAtMillis) {
        public ByteString digest() {
            return directory.digest();
        }
    }

    /// From now on everything that was stored is in here, and a tenant that is not owns nothing.
    public void areComplete(long atMillis) {
        if (completeSinceMillis.isEmpty()) {
            completeSinceMillis = OptionalLong.of(atMillis);
        }
    }

    /// Empty until then.
    public OptionalLong completeSinceMillis() {
        return completeSinceMillis;
    }

    public Optional<Edition> of(String tenant) {
        return Optional.ofNullable(editions.get(tenant));
    }

    public void put(String tenant, Edition edition) {
        editions.put(tenant, edition);
    }
}
