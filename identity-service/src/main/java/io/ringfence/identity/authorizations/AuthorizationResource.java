package io.ringfence.identity.authorizations;

import static io.ringfence.protocol.declaration.Attribute.expression;
import static io.ringfence.protocol.declaration.Attribute.text;
import static io.ringfence.protocol.declaration.Attribute.texts;
import static io.ringfence.protocol.declaration.Attribute.time;

import io.ringfence.contracts.network.Prefix;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.identity.grammar.NamespaceName;
import io.ringfence.identity.grammar.Parsed;
import io.ringfence.identity.grammar.Permission;
import io.ringfence.identity.roles.Grantable;
import io.ringfence.protocol.declaration.Mixin;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.declaration.ScheduleCheck;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// `/apiauthorizationpolicies`, with the attributes of Appendix B.
public final class AuthorizationResource {
    public static final ResourceDeclaration DECLARATION = declare();

    AuthorizationResource() {}

    @Produces
    @Singleton
    static ResourceDeclaration authorizations() {
        return DECLARATION;
    }

    private static ResourceDeclaration declare() {
        return ResourceDeclaration.resource("apiauthorizationpolicy", "apiauthorizationpolicies")
                .aliases("apiauth", "apiauths")
                .with(Mixin.usual())
                .with(Mixin.DISABLED, Mixin.HIDDEN, Mixin.FALLBACK, Mixin.SCHEDULABLE)
                .attribute(expression("subject").longest(100).checkedBy(new SubjectCheck()))
                .attribute(
                        texts("authorizedIdentities")
                                .required()
                                .longest(100)
                                .checkedBy(Parsed.by(Permission::new))
                                .checkedBy(Parsed.by(Grantable::checkKnown)))
                .attribute(
                        text("authorizedNamespace")
                                .required()
                                .checkedBy(Parsed.by(NamespaceName::new)))
                .attribute(
                        texts("authorizedSubnets").longest(100).checkedBy(Parsed.by(Prefix::parse)))
                .attribute(time("expirationTime"))
                .checkedBy(ScheduleCheck::faults)
                .holdingFrom("authorizedNamespace")
                .announcedOn(Topic.AUTHORIZATION_CHANGED)
                .build();
    }
}
