package io.ringfence.gateway.authorize;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The enforcers whose certificates were revoked. One thread writes, many read.
public final class Revocations {
    static final String ENFORCER_ID = "@auth:enforcerid=";

    private final Set<String> tags = ConcurrentHashMap.newKeySet();

    /// @return whether that is news
    public boolean put(String enforcerId, boolean revoked) {
        String tag = ENFORCER_ID + enforcerId;
        return revoked ? tags.add(tag) : tags.remove(tag);
    }

    /// Whoever says, in whatever realm, that it is a revoked enforcer.
    boolean concern(Collection<String> callerTags) {
        return !tags.isEmpty() && callerTags.stream().anyMatch(tags::contains);
    }
}
