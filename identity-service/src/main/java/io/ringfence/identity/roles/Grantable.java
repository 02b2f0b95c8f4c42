package io.ringfence.identity.roles;

import io.ringfence.contracts.index.ResourceIndex;
import io.ringfence.contracts.permission.Grant;
import io.ringfence.contracts.permission.Permissions;
import io.ringfence.contracts.permission.Role;
import io.ringfence.contracts.permission.Roles;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What may be granted at all, and by whom: nobody grants rights they lack (DESIGN §8).
public final class Grantable {
    private static final int NAMED = 5;

    private Grantable() {}

    /// Refuses what would grant nothing because nobody knows it.
    ///
    /// @param text a role or `identity,verb`
    /// @throws IllegalArgumentException with a sentence for the client
    public static void checkKnown(String text) {
        if (text.startsWith(Role.PREFIX)) {
            if (Roles.keyed(text).isEmpty()) {
                throw new IllegalArgumentException(
                        "there is no role %s; GET /roles lists them".formatted(text));
            }
            return;
        }
        Grant grant =
                Grant.parse(text)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "'%s' names no verb of get, post, put, delete or *"
                                                .formatted(text)));
        boolean known =
                grant.identity().equals(Grant.ANY)
                        || ResourceIndex.console().identified(grant.identity()).isPresent();
        if (!known) {
            throw new IllegalArgumentException("there is no identity " + grant.identity());
        }
    }

    /// @param attribute that holds them, for the error
    /// @param rolesAndLines to be granted in the caller's namespace or below, where the caller
    ///   holds what it holds in its namespace
    /// @throws ApiException 403 naming the first that goes beyond what the caller holds
    public static void require(Caller caller, String attribute, List<String> rolesAndLines) {
        Permissions held = Permissions.of(caller.permissions());
        for (String each : rolesAndLines) {
            Permissions beyond = Permissions.of(List.of(each)).beyond(held);
            if (!beyond.isEmpty()) {
                throw new Fault(
                                403,
                                "Forbidden",
                                "Nobody grants rights they lack: '%s' holds what you lack in %s, such as %s"
                                        .formatted(each, caller.namespace(), some(beyond)),
                                Optional.of(attribute))
                        .asException();
            }
        }
    }

    private static String some(Permissions beyond) {
        return beyond.lines().stream().limit(NAMED).collect(Collectors.joining(" "));
    }
}
