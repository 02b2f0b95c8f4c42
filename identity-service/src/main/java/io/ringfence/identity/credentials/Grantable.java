package io.ringfence.identity.credentials;

import io.ringfence.contracts.permission.Permissions;
import io.ringfence.contracts.permission.Role;
import io.ringfence.contracts.permission.Roles;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import java.util.List;
import java.util.Optional;

/// Nobody grants rights they lack (DESIGN §8).
final class Grantable {
    private Grantable() {}

    /// @throws ApiException 403 naming what the caller lacks; 422 naming a role there is none of,
    ///   which would grant something as soon as there is one
    static void require(Caller caller, List<String> roles) {
        Permissions held = Permissions.of(caller.permissions());
        for (String role : roles) {
            if (role.startsWith(Role.PREFIX) && Roles.keyed(role).isEmpty()) {
                throw Fault.invalid(
                                CredentialResource.ROLES,
                                "There is no role '%s': GET /roles lists them".formatted(role))
                        .asException();
            }
            if (!held.covers(Permissions.of(List.of(role)))) {
                throw new Fault(
                                403,
                                "Forbidden",
                                "Nobody grants rights they lack: you do not hold all of '%s' in %s"
                                        .formatted(role, caller.namespace()),
                                Optional.of(CredentialResource.ROLES))
                        .asException();
            }
        }
    }
}
