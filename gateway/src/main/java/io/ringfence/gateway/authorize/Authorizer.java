package io.ringfence.gateway.authorize;

import io.ringfence.contracts.permission.Permissions;
import io.ringfence.contracts.permission.Verb;
import io.ringfence.gateway.authorize.Decision.Allowed;
import io.ringfence.gateway.authorize.Decision.Denied;
import io.ringfence.gateway.authorize.Decision.NamespaceUnknown;
import io.ringfence.gateway.authorize.Decision.Revoked;
import io.ringfence.trust.assertion.AssertedCaller;
import io.ringfence.trust.token.Restrictions;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Decides. Deny by default, authorizations add up and flow down the tree, a token's restrictions
/// are taken off at the end (`reference/api.md` §5).
public final class Authorizer {
    private final Namespaces namespaces;
    private final Holders holders;
    private final Standings standings;
    private final Clock clock;

    public Authorizer(
            Namespaces namespaces, Authorizations authorizations, Holders holders, Clock clock) {
        this.namespaces = namespaces;
        this.holders = holders;
        this.standings = new Standings(authorizations);
        this.clock = clock;
    }

    public Decision decide(Question question) {
        AssertedCaller caller = question.caller();
        switch (holders.of(caller)) {
            case Holding.Live() -> {}
            case Holding.Ended(String reason) -> {
                return new Revoked(reason);
            }
            case Holding.Unknown() -> {
                return new Revoked("Nothing is known of who the token was given to.");
            }
        }
        String place = question.decidedIn();
        Restrictions restrictions = caller.restrictions();
        if (!reaches(restrictions, place)) {
            return new Denied("The token is restricted to another namespace.");
        }
        if (!inside(restrictions.networks(), question.remoteAddress())) {
            return new Denied("The token is restricted to other networks.");
        }
        if (!namespaces.exists(question.namespace())) {
            return new NamespaceUnknown(question.namespace());
        }
        Standing standing = standings.of(caller, place);
        Instant now = clock.instant();
        Permissions usable = standing.at(question.remoteAddress(), now);
        return usable.allow(question.identity(), question.verb())
                ? new Allowed(
                        usable.lines(), question.handsOver() ? elsewhere(question, now) : List.of())
                : denied(question, standing.unlimitedAt(question.remoteAddress(), now));
    }

    /// Without what holds only as long as nothing else does (fallback), which may be less further
    /// down.
    private List<String> elsewhere(Question question, Instant now) {
        AssertedCaller caller = question.caller();
        return standings
                .rootsOf(caller, question.identity(), Verb.POST, question.remoteAddress(), now)
                .map(root -> inside(caller.restrictions(), root))
                .flatMap(Optional::stream)
                .distinct()
                .sorted()
                .toList();
    }

    /// What of a namespace and all below it a token reaches.
    private static Optional<String> inside(Restrictions restrictions, String root) {
        if (reaches(restrictions, root)) {
            return Optional.of(root);
        }
        return NamespaceName.covers(root, restrictions.namespace())
                ? Optional.of(restrictions.namespace())
                : Optional.empty();
    }

    private static Denied denied(Question question, Permissions held) {
        String what = question.verb().word() + " " + question.identity();
        return new Denied(
                held.allow(question.identity(), question.verb())
                        ? "The token's restrictions do not permit: " + what + "."
                        : "Not authorized in " + question.decidedIn() + ": " + what + ".");
    }

    private boolean isLive(AssertedCaller caller) {
        return holders.of(caller) instanceof Holding.Live;
    }

    /// The namespaces that exist and in which the caller may do anything at all, by name.
    ///
    /// @param remoteAddress numeric
    public List<AccessibleNamespace> accessibleNamespaces(
            AssertedCaller caller, String remoteAddress) {
        Restrictions restrictions = caller.restrictions();
        if (!isLive(caller) || !inside(restrictions.networks(), remoteAddress)) {
            return List.of();
        }
        Standings.Walk walk = standings.walk(caller);
        Instant now = clock.instant();
        return namespaces.idsByName().stream()
                .map(each -> new AccessibleNamespace(each.getValue(), each.getKey()))
                .filter(each -> reaches(restrictions, each.name()))
                .filter(each -> !walk.in(each.name()).at(remoteAddress, now).isEmpty())
                .sorted(Comparator.comparing(AccessibleNamespace::name))
                .toList();
    }

    private static boolean reaches(Restrictions restrictions, String namespace) {
        return restrictions.namespace().isEmpty()
                || NamespaceName.covers(restrictions.namespace(), namespace);
    }

    private static boolean inside(List<String> networks, String remoteAddress) {
        return networks.isEmpty()
                || networks.stream()
                        .flatMap(text -> Network.parse(text).stream())
                        .anyMatch(network -> network.contains(remoteAddress));
    }
}
