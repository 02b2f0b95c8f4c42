package io.ringfence.identity.accounts;

import static io.ringfence.protocol.declaration.Attribute.enumeration;
import static io.ringfence.protocol.declaration.Attribute.text;

import io.ringfence.contracts.topic.Topic;
import io.ringfence.protocol.declaration.Mixin;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// `/accounts`, with the attributes of 5.0's model that mean something here. Accounts live in `/`,
/// since a login names no namespace and what an authorization names is `@auth:account=<name>`.
public final class AccountResource {
    public static final ResourceDeclaration DECLARATION = declare();

    static final String NAME = "name";
    static final String PASSWORD = "password";
    static final String STATUS = "status";
    static final String ACTIVE = "Active";

    AccountResource() {}

    @Produces
    @Singleton
    static ResourceDeclaration accounts() {
        return DECLARATION;
    }

    private static ResourceDeclaration declare() {
        return ResourceDeclaration.resource("account", "accounts")
                .with(Mixin.usual())
                .attribute(
                        text("name")
                                .required()
                                .createOnly()
                                .longest(128)
                                .matching("[^*=\\p{Cntrl}]+"))
                .attribute(text("password").longest(PasswordRules.LONGEST).secret())
                .attribute(text("email").longest(256).matching("([^@\\s]+@[^@\\s]+)?"))
                .attribute(text("firstName").longest(256))
                .attribute(text("lastName").longest(256))
                .attribute(text("company").longest(256))
                .attribute(
                        enumeration("status", "Active", "Disabled", "Invited", "Pending")
                                .defaultsTo(ACTIVE))
                .uniqueName()
                .announcedOn(Topic.AUTHORIZATION_CHANGED)
                .build();
    }
}
