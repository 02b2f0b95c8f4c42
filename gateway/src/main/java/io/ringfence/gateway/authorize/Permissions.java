package io.ringfence.gateway.authorize;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Everything a caller may do in one namespace.
record Permissions(Set<Grant> grants) {
    static final Permissions NONE = new Permissions(Set.of());

    Permissions {
        grants = Set.copyOf(grants);
    }

    /// Of roles (`@auth:role=…`) and `identity,verb` lines. An unknown role grants nothing.
    static Permissions of(Iterable<String> rolesAndLines) {
        Set<Grant> grants = new LinkedHashSet<>();
        for (String entry : rolesAndLines) {
            Role.keyed(entry)
                    .ifPresentOrElse(
                            role -> grants.addAll(role.grants()),
                            () -> Grant.parse(entry).ifPresent(grants::add));
        }
        return new Permissions(grants);
    }

    Permissions or(Permissions other) {
        Set<Grant> both = new LinkedHashSet<>(grants);
        both.addAll(other.grants);
        return new Permissions(both);
    }

    Permissions and(Permissions other) {
        Set<Grant> common = new LinkedHashSet<>();
        for (Grant ours : grants) {
            for (Grant theirs : other.grants) {
                ours.and(theirs).ifPresent(common::add);
            }
        }
        return new Permissions(common);
    }

    boolean allow(String identity, Verb verb) {
        return grants.stream().anyMatch(grant -> grant.allows(identity, verb));
    }

    /// Sorted `identity,verb` lines, as a service reads them in the assertion.
    List<String> lines() {
        List<String> lines =
                new ArrayList<>(grants.stream().flatMap(Grant::lines).distinct().toList());
        lines.sort(null);
        return List.copyOf(lines);
    }
}
