package io.ringfence.identity.roles;

import io.ringfence.contracts.permission.Role;
import io.ringfence.contracts.permission.Roles;
import java.util.List;

/// Says that a role will be removed.
public final class Deprecation {
    private Deprecation() {}

    /// One sentence for each of them that has a successor.
    public static List<String> of(List<String> rolesAndLines) {
        return rolesAndLines.stream()
                .flatMap(each -> Roles.keyed(each).stream())
                .filter(role -> role.successor().isPresent())
                .map(role ->
                        "%s is deprecated and will be removed: use %s; POST /rolemigrations {\"from\":\"%s\"} replaces it everywhere"
                                .formatted(role.key(), role.successor().orElseThrow(), role.key()))
                .toList();
    }

    static Role deprecated(String key) {
        return Roles.keyed(key)
                .filter(role -> role.successor().isPresent())
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "'%s' is no deprecated role; %s is one"
                                        .formatted(key, Role.NAMESPACE_EDITOR)));
    }
}
