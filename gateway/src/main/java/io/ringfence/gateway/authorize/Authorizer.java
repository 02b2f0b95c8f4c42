package io.ringfence.gateway.authorize;

import io.ringfence.contracts.permission.Permissions;
import io.ringfence.contracts.permission.Role;
import io.ringfence.gateway.authorize.Decision.Allowed;
import io.ringfence.gateway.authorize.Decision.Denied;
import io.ringfence.gateway.authorize.Decision.NamespaceUnknown;
import io.ringfence.trust.token.Restrictions;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Decides. Deny by default, authorizations add up and flow down the tree, a token's restrictions
/// are taken off at the end (`reference/api.md` §5).
public final class Authorizer {
    private static final String CERTIFICATE_REALM = "@auth:realm=certificate";
    private static final String ENFORCER_ID = "@auth:enforcerid=";
    private static final String ORGANIZATION = "@auth:organization=";

    private static final Permissions ENFORCER = Permissions.of(List.of(Role.ENFORCER));

    private final Namespaces namespaces;
    private final Authorizations authorizations;
    private final Clock clock;

    public Authorizer(Namespaces namespaces, Authorizations authorizations, Clock clock) {
        this.namespaces = namespaces;
        this.authorizations = authorizations;
        this.clock = clock;
    }

    public Decision decide(Question question) {
        Restrictions restrictions = question.caller().restrictions();
        if (!restrictions.namespace().isEmpty()
                && !NamespaceName.covers(restrictions.namespace(), question.namespace())) {
            return new Denied("The token is restricted to another namespace.");
        }
        if (!inside(restrictions.networks(), question.remoteAddress())) {
            return new Denied("The token is restricted to other networks.");
        }
        if (!namespaces.exists(question.namespace())) {
            return new NamespaceUnknown(question.namespace());
        }
        Permissions held = held(question);
        Permissions usable =
                restrictions.perms().isEmpty()
                        ? held
                        : held.and(Permissions.of(restrictions.perms()));
        if (usable.allow(question.identity(), question.verb())) {
            return new Allowed(usable.lines());
        }
        String what = question.verb().word() + " " + question.identity();
        return new Denied(
                held.allow(question.identity(), question.verb())
                        ? "The token's restrictions do not permit: " + what + "."
                        : "Not authorized in " + question.namespace() + ": " + what + ".");
    }

    private Permissions held(Question question) {
        Set<String> tags = new HashSet<>(question.caller().tags());
        Instant now = clock.instant();
        List<AuthorizationPolicy> applying =
                authorizations.concerning(tags).stream()
                        .filter(policy ->
                                NamespaceName.covers(
                                        policy.authorizedNamespace(), question.namespace()))
                        .filter(policy -> policy.admits(question.remoteAddress(), now))
                        .toList();
        boolean onlyFallback = applying.stream().allMatch(AuthorizationPolicy::fallback);
        Permissions held =
                applying.stream()
                        .filter(policy -> onlyFallback || !policy.fallback())
                        .map(AuthorizationPolicy::permissions)
                        .reduce(Permissions.NONE, Permissions::or);
        return isEnforcerOf(tags, question.namespace()) ? held.or(ENFORCER) : held;
    }

    /// An enforcer needs no authorization written down: its certificate is one, for its namespace
    /// and below. Only the certificate realm can say so.
    private static boolean isEnforcerOf(Set<String> tags, String namespace) {
        return tags.contains(CERTIFICATE_REALM)
                && tags.stream().anyMatch(tag -> tag.startsWith(ENFORCER_ID))
                && tags.stream()
                        .filter(tag -> tag.startsWith(ORGANIZATION))
                        .map(tag -> tag.substring(ORGANIZATION.length()))
                        .anyMatch(organization -> NamespaceName.covers(organization, namespace));
    }

    private static boolean inside(List<String> networks, String remoteAddress) {
        return networks.isEmpty()
                || networks.stream()
                        .flatMap(text -> Network.parse(text).stream())
                        .anyMatch(network -> network.contains(remoteAddress));
    }
}
