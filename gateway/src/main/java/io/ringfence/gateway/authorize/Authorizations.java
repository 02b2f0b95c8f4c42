package io.ringfence.gateway.authorize;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.contracts.resource.ObjectState;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The API authorizations in force, found by a caller's tags without looking at all of them. One
/// thread writes, many read.
public final class Authorizations {
    private final Map<String, AuthorizationPolicy> byId = new ConcurrentHashMap<>();
    private final Map<String, Set<AuthorizationPolicy>> byTag = new ConcurrentHashMap<>();
    private final AtomicLong generation = new AtomicLong();

    /// @param json the state's JSON, parsed
    public void put(ObjectState state, JsonNode json) {
        AuthorizationPolicy former = byId.get(state.getId());
        AuthorizationPolicy current = AuthorizationPolicy.of(state, json).orElse(null);
        if (current != null) {
            byId.put(state.getId(), current);
            for (Set<String> line : current.subject()) {
                byTag.computeIfAbsent(rarest(line), tag -> ConcurrentHashMap.newKeySet())
                        .add(current);
            }
        } else {
            byId.remove(state.getId());
        }
        if (former != null && !former.equals(current)) {
            forget(former);
        }
        generation.incrementAndGet();
    }

    public void remove(String id) {
        AuthorizationPolicy former = byId.remove(id);
        if (former != null) {
            forget(former);
        }
        generation.incrementAndGet();
    }

    /// Rises with every change, after it: whatever was read under a generation that is still the
    /// current one is what is in force.
    long generation() {
        return generation.get();
    }

    Set<AuthorizationPolicy> concerning(Set<String> callerTags) {
        Set<AuthorizationPolicy> found = new LinkedHashSet<>();
        for (String tag : callerTags) {
            for (AuthorizationPolicy policy : byTag.getOrDefault(tag, Set.of())) {
                if (policy.concerns(callerTags)) {
                    found.add(policy);
                }
            }
        }
        return found;
    }

    private void forget(AuthorizationPolicy former) {
        for (Set<String> line : former.subject()) {
            byTag.computeIfPresent(
                    rarest(line),
                    (tag, policies) -> {
                        policies.remove(former);
                        return policies.isEmpty() ? null : policies;
                    });
        }
    }

    /// Every line names a realm, and many callers share it; so a line is kept under its longest
    /// other claim.
    private static String rarest(Set<String> line) {
        return line.stream()
                .sorted()
                .reduce((a, b) -> {
                    boolean realm = a.startsWith("@auth:realm=");
                    boolean longer = b.length() > a.length();
                    return realm || (longer && !b.startsWith("@auth:realm=")) ? b : a;
                })
                .orElseThrow();
    }
}
