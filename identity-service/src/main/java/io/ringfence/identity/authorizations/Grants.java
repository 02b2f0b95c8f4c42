package io.ringfence.identity.authorizations;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.identity.grammar.Permission;
import io.ringfence.trust.certificate.AppCredentialSubject;

/// Authorizations the console writes itself.
public final class Grants {
    private Grants() {}

    /// Everything, in the credential's namespace and below.
    public static ObjectNode administrator(AppCredentialSubject credential) {
        ObjectNode policy =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("name", "administrator")
                        .put("description", "The app credential made at the first start")
                        .put("authorizedNamespace", credential.namespace());
        policy.putArray("subject")
                .addArray()
                .add("@auth:realm=certificate")
                .add("@auth:commonname=" + credential.commonName());
        policy.putArray("authorizedIdentities").add(Permission.ADMINISTRATOR_ROLE.text());
        return policy;
    }
}
