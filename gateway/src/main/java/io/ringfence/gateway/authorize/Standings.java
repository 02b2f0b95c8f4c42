package io.ringfence.gateway.authorize;

import io.ringfence.contracts.permission.Permissions;
import io.ringfence.contracts.permission.Role;
import io.ringfence.contracts.permission.Verb;
import io.ringfence.trust.assertion.AssertedCaller;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Works out where callers stand, and remembers it until any authorization changes.
final class Standings {
    private static final int REMEMBERED = 20_000;
    private static final String CERTIFICATE_REALM = "@auth:realm=certificate";
    private static final String ORGANIZATION = "@auth:organization=";
    private static final Permissions ENFORCER = Permissions.of(List.of(Role.ENFORCER));

    private final Authorizations authorizations;
    private final Map<Key, Standing> known = new ConcurrentHashMap<>();

    Standings(Authorizations authorizations) {
        this.authorizations = authorizations;
    }

    Standing of(AssertedCaller caller, String namespace) {
        Key key = new Key(caller.tags(), caller.restrictions().perms(), namespace);
        long generation = authorizations.generation();
        Standing standing = known.get(key);
        if (standing != null && standing.generation() == generation) {
            return standing;
        }
        Set<String> tags = new HashSet<>(caller.tags());
        Standing fresh =
                standing(
                        generation,
                        authorizations.concerning(tags),
                        tags,
                        limit(caller),
                        namespace);
        if (known.size() >= REMEMBERED) {
            known.clear();
        }
        known.put(key, fresh);
        return fresh;
    }

    /// For many namespaces at once, without remembering any.
    Walk walk(AssertedCaller caller) {
        Set<String> tags = new HashSet<>(caller.tags());
        Set<AuthorizationPolicy> concerning = authorizations.concerning(tags);
        Optional<Permissions> limit = limit(caller);
        return namespace -> standing(0, concerning, tags, limit, namespace);
    }

    /// The namespaces in and below which one policy alone lets the caller do this.
    Stream<String> rootsOf(
            AssertedCaller caller, String identity, Verb verb, String remoteAddress, Instant now) {
        if (limit(caller).filter(most -> !most.allow(identity, verb)).isPresent()) {
            return Stream.empty();
        }
        return authorizations.concerning(new HashSet<>(caller.tags())).stream()
                .filter(policy -> !policy.fallback() && policy.admits(remoteAddress, now))
                .filter(policy -> policy.permissions().allow(identity, verb))
                .map(AuthorizationPolicy::authorizedNamespace);
    }

    private static Standing standing(
            long generation,
            Collection<AuthorizationPolicy> concerning,
            Set<String> tags,
            Optional<Permissions> limit,
            String namespace) {
        List<AuthorizationPolicy> here =
                concerning.stream()
                        .filter(policy ->
                                NamespaceName.covers(policy.authorizedNamespace(), namespace))
                        .toList();
        Permissions own = isEnforcerOf(tags, namespace) ? ENFORCER : Permissions.NONE;
        return Standing.of(generation, here, own, limit);
    }

    /// No permissions named: no limit.
    private static Optional<Permissions> limit(AssertedCaller caller) {
        List<String> perms = caller.restrictions().perms();
        return perms.isEmpty() ? Optional.empty() : Optional.of(Permissions.of(perms));
    }

    /// An enforcer needs no authorization written down: its certificate is one, for its namespace
    /// and below. Only the certificate realm can say so.
    private static boolean isEnforcerOf(Set<String> tags, String namespace) {
        return tags.contains(CERTIFICATE_REALM)
                && tags.stream().anyMatch(tag -> tag.startsWith(Holders.ENFORCER_ID))
                && tags.stream()
                        .filter(tag -> tag.startsWith(ORGANIZATION))
                        .map(tag -> tag.substring(ORGANIZATION.length()))
                        .anyMatch(organization -> NamespaceName.covers(organization, namespace));
    }

    interface Walk {
        Standing in(String namespace);
    }

    private record Key(List<String> tags, List<String> perms, String namespace) {}
}
