package io.ringfence.identity.accounts;

import static io.ringfence.identity.accounts.AccountResource.PASSWORD;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.identity.grammar.NamespaceName;
import io.ringfence.protocol.behaviour.Change;
import io.ringfence.protocol.behaviour.ResourceBehaviour;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.error.Fault;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// A new password is checked and kept as its hash. Nobody takes over another account by its
/// password or brings it back, except an administrator of `/`, who holds every right anyway.
@Singleton
final class AccountBehaviour implements ResourceBehaviour {
    private final Passwords passwords;
    private final FailedLogins failed;

    AccountBehaviour(Passwords passwords, FailedLogins failed) {
        this.passwords = passwords;
        this.failed = failed;
    }

    @Override
    public String identity() {
        return AccountResource.DECLARATION.identity();
    }

    @Override
    public Uni<ObjectNode> beforeCreate(Change create) {
        if (!new NamespaceName(create.namespace()).isRoot()) {
            throw Fault.invalid("namespace", "Accounts live in /: set X-Namespace to /")
                    .asException();
        }
        return hashed(create.object());
    }

    @Override
    public Uni<ObjectNode> beforeUpdate(Change update) {
        ObjectNode stored = update.stored().orElseThrow();
        ObjectNode object = update.object();
        boolean isNewPassword = !object.path(PASSWORD).equals(stored.path(PASSWORD));
        boolean isActivation =
                !stored.path(AccountResource.STATUS).equals(object.path(AccountResource.STATUS))
                        && object.path(AccountResource.STATUS)
                                .asText()
                                .equals(AccountResource.ACTIVE);
        if ((isNewPassword && !isOwn(update.caller(), stored)) || isActivation) {
            requireAdministrator(update.caller());
        }
        return isNewPassword ? hashed(object) : Uni.createFrom().item(object);
    }

    private static boolean isOwn(Caller caller, ObjectNode account) {
        return caller.tags().contains("@auth:realm=vince")
                && caller.tags()
                        .contains("@auth:account=" + account.path(AccountResource.NAME).asText());
    }

    private static void requireAdministrator(Caller caller) {
        if (!caller.may("any verb", "any identity")) {
            throw Fault.forbidden(
                            "Only an administrator of / sets another account's password or activates an account")
                    .asException();
        }
    }

    private Uni<ObjectNode> hashed(ObjectNode object) {
        String password = object.path(PASSWORD).asText("");
        PasswordRules.problem(password, object.path(AccountResource.NAME).asText())
                .ifPresent(problem -> {
                    throw Fault.invalid(PASSWORD, "Attribute 'password' " + problem).asException();
                });
        return passwords.hash(password).map(hash -> object.put(PASSWORD, hash));
    }

    @Override
    public void afterCommit(Change change, ObjectNode stored) {
        boolean isPasswordKept =
                change.stored()
                        .filter(before -> before.path(PASSWORD).equals(stored.path(PASSWORD)))
                        .isPresent();
        if (!isPasswordKept) {
            failed.forget(stored.path("ID").asText()).subscribe().with(_ -> {}, _ -> {});
        }
    }
}
