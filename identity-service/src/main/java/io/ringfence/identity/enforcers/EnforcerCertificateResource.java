package io.ringfence.identity.enforcers;

import static io.ringfence.protocol.declaration.Attribute.bool;
import static io.ringfence.protocol.declaration.Attribute.text;
import static io.ringfence.protocol.declaration.Attribute.time;

import io.ringfence.contracts.topic.Topic;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// `/enforcercertificates`: per enforcer, the certificate it has now. The id is the enforcer's.
/// What a client may send are the two attributes of a request; the rest is the console's.
public final class EnforcerCertificateResource {
    public static final ResourceDeclaration DECLARATION = declare();

    static final String REQUEST = "certificateRequest";
    static final String FQDN = "FQDN";
    static final String FINGERPRINT = "certificateFingerprint";
    static final String EXPIRATION = "expirationTime";
    static final String REVOKED = "revoked";
    static final String REVOCATION = "revocationTime";

    EnforcerCertificateResource() {}

    @Produces
    @Singleton
    static ResourceDeclaration enforcerCertificates() {
        return DECLARATION;
    }

    private static ResourceDeclaration declare() {
        return ResourceDeclaration.resource("enforcercertificate", "enforcercertificates")
                .attribute(text("name").readOnly())
                .attribute(text("certificateRequest").required().createOnly().longest(8192))
                .attribute(
                        text("FQDN")
                                .required()
                                .createOnly()
                                .longest(255)
                                .matching("[a-zA-Z0-9_]([a-zA-Z0-9._-]*[a-zA-Z0-9_])?\\.?"))
                .attribute(text("certificate").readOnly())
                .attribute(text("certificateAuthority").readOnly())
                .attribute(text("consoleID").readOnly())
                .attribute(text("certificateFingerprint").readOnly())
                .attribute(time("expirationTime").readOnly())
                .attribute(bool("revoked").readOnly())
                .attribute(time("revocationTime").readOnly())
                .announcedOn(Topic.AUTHORIZATION_CHANGED)
                .build();
    }
}
