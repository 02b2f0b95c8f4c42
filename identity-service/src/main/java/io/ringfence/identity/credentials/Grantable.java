package io.ringfence.identity.credentials;

import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import java.util.List;
import java.util.Optional;

/// Nobody grants rights they lack (DESIGN §8).
final class Grantable {
    private static final String ROLE = "@auth:role=";

    private Grantable() {}

    /// @throws ApiException 403 naming what the caller lacks
    static void require(Caller caller, List<String> roles) {
        for (String role : roles) {
            if (!holds(caller, role)) {
                throw new Fault(
                                403,
                                "Forbidden",
                                "Nobody grants rights they lack: you do not hold '%s' in %s"
                                        .formatted(role, caller.namespace()),
                                Optional.of(CredentialResource.ROLES))
                        .asException();
            }
        }
    }

    /// Roles are compared as they are written.
    private static boolean holds(Caller caller, String role) {
        if (caller.may("any verb", "any identity") || caller.permissions().contains(role)) {
            return true;
        }
        if (role.startsWith(ROLE)) {
            return false;
        }
        String[] words = role.split(",");
        for (int i = 1; i < words.length; i++) {
            if (!caller.may(words[i], words[0])) {
                return false;
            }
        }
        return true;
    }
}
