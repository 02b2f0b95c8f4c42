package io.ringfence.policy.share;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;

/// The enforcers and tenants whose ids and names fall into some of the parts that all of them are
/// divided into, as keys of [Topic#POLICY_COMPILED] fall into its partitions.
///
/// @param of how many parts there are
public record Share(Set<Integer> parts, int of) {
    public static final Share NONE = new Share(Set.of(), 1);
    public static final Share ALL = new Share(Set.of(0), 1);

    public Share {
        parts = Set.copyOf(parts);
    }

    /// Of all that there is.
    public double ratio() {
        return (double) parts.size() / of;
    }

    /// @param key an enforcer's id or a tenant's name
    public boolean holds(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return parts.contains(Utils.toPositive(Utils.murmur2(bytes)) % of);
    }
}
