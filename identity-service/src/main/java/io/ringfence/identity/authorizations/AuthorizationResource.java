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
import io.ringfence.protocol.declaration.Mixin;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;

/// `/apiauthorizationpolicies`, with the attributes of Appendix B.
public final class AuthorizationResource {
    public static final ResourceDeclaration DECLARATION = declare();

    /// Stored but not kept to, it would look like a limit that is none.
    private static final String NO_SCHEDULES = "is not honoured yet: leave it out";

    AuthorizationResource() {}

    @Produces
    @Singleton
    static ResourceDeclaration authorizations() {
        return DECLARATION;
    }

    private static ResourceDeclaration declare() {
        return ResourceDeclaration.resource("apiauthorizationpolicy", "apiauthorizationpolicies")
                .with(Mixin.usual())
                .with(Mixin.DISABLED, Mixin.HIDDEN, Mixin.FALLBACK, Mixin.SCHEDULABLE)
                .attribute(text("activeSchedule").checkedBy(_ -> Optional.of(NO_SCHEDULES)))
                .attribute(text("activeDuration").checkedBy(_ -> Optional.of(NO_SCHEDULES)))
                .attribute(expression("subject").longest(100).checkedBy(new SubjectCheck()))
                .attribute(
                        texts("authorizedIdentities")
                                .required()
                                .longest(100)
                                .checkedBy(Parsed.by(Permission::new)))
                .attribute(
                        text("authorizedNamespace")
                                .required()
                                .checkedBy(Parsed.by(NamespaceName::new)))
                .attribute(
                        texts("authorizedSubnets").longest(100).checkedBy(Parsed.by(Prefix::parse)))
                .attribute(time("expirationTime"))
                .announcedOn(Topic.AUTHORIZATION_CHANGED)
                .build();
    }
}
