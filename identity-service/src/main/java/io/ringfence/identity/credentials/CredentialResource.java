package io.ringfence.identity.credentials;

import static io.ringfence.protocol.declaration.Attribute.anything;
import static io.ringfence.protocol.declaration.Attribute.text;
import static io.ringfence.protocol.declaration.Attribute.texts;
import static io.ringfence.protocol.declaration.Attribute.time;

import io.ringfence.contracts.network.Prefix;
import io.ringfence.contracts.schedule.GoDuration;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.identity.grammar.Parsed;
import io.ringfence.identity.grammar.Permission;
import io.ringfence.identity.roles.Grantable;
import io.ringfence.protocol.declaration.Mixin;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// `/appcredentials`, with the attributes of Appendix B. Ours and new are the fingerprints, by
/// which a certificate that was replaced is told from the current one.
public final class CredentialResource {
    public static final ResourceDeclaration DECLARATION = declare();

    static final String NAME = "name";
    static final String CSR = "CSR";
    static final String ROLES = "roles";
    static final String DISABLED = "disabled";
    static final String SUBNETS = "authorizedSubnets";
    static final String LONGEST_TOKEN = "maxIssuedTokenValidity";
    static final String PARENTS = "parentIDs";
    static final String CERTIFICATE = "certificate";
    static final String CREDENTIALS = "credentials";
    static final String FINGERPRINT = "certificateFingerprint";
    static final String FORMER_FINGERPRINT = "formerCertificateFingerprint";
    static final String FORMER_EXPIRATION = "formerCertificateExpirationTime";

    CredentialResource() {}

    @Produces
    @Singleton
    static ResourceDeclaration credentials() {
        return DECLARATION;
    }

    private static ResourceDeclaration declare() {
        return ResourceDeclaration.resource("appcredential", "appcredentials")
                .aliases("appcred", "appcreds")
                .with(Mixin.usual())
                .with(Mixin.DISABLED)
                // It stands in the certificate.
                .attribute(
                        text("name")
                                .required()
                                .createOnly()
                                .longest(256)
                                .matching("[^\\p{Cntrl}]+"))
                .attribute(text("CSR").longest(8192))
                .attribute(
                        texts("roles")
                                .required()
                                .longest(100)
                                .checkedBy(Parsed.by(Permission::new))
                                .checkedBy(Parsed.by(Grantable::checkKnown)))
                .attribute(
                        texts("authorizedSubnets").longest(100).checkedBy(Parsed.by(Prefix::parse)))
                .attribute(
                        text("maxIssuedTokenValidity")
                                .longest(64)
                                .checkedBy(Parsed.by(CredentialResource::parseDuration)))
                .attribute(text("email").longest(256))
                .attribute(texts("parentIDs").readOnly())
                .attribute(text("certificate").readOnly())
                .attribute(text("certificateFingerprint").readOnly())
                .attribute(text("formerCertificateFingerprint").readOnly())
                .attribute(time("formerCertificateExpirationTime").readOnly())
                .attribute(anything("credentials").readOnly())
                .announcedOn(Topic.AUTHORIZATION_CHANGED)
                .build();
    }

    private static void parseDuration(String text) {
        if (!text.isEmpty() && GoDuration.parse(text).toSeconds() < 1) {
            throw new IllegalArgumentException("it must be at least 1s");
        }
    }
}
