package io.ringfence.identity.accounts;

import static io.ringfence.identity.accounts.AccountResource.DECLARATION;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.ringfence.identity.grammar.NamespaceName;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/// Who may log in with a name and a password. Whatever is wrong (no such account, wrong password,
/// blocked, not active), the answer is the same and takes as long.
@Singleton
public final class Accounts {
    private final Transactions transactions;
    private final Passwords passwords;
    private final FailedLogins failed;
    private final LoginsByAddress byAddress;
    private final Counter throttled;

    Accounts(
            Transactions transactions,
            Passwords passwords,
            FailedLogins failed,
            LoginsByAddress byAddress,
            MeterRegistry metrics) {
        this.transactions = transactions;
        this.passwords = passwords;
        this.failed = failed;
        this.byAddress = byAddress;
        this.throttled = metrics.counter("ringfence_identity_logins_throttled");
    }

    /// Fails with 401, or with 429 if there are too many logins at once, or too many wrong
    /// passwords from where this one comes from.
    ///
    /// @param address numeric, of who asks; empty: not known
    public Uni<Void> logIn(String name, String password, String address) {
        if (password.length() > PasswordRules.LONGEST) {
            return Uni.createFrom().failure(refused());
        }
        // Only as many places are counted as passwords can be looked at.
        if (passwords.isBusy()) {
            return Uni.createFrom().failure(Passwords.tooManyAtOnce());
        }
        return byAddress
                .take(address)
                .invoke(wait -> wait.ifPresent(this::throttle))
                .chain(() -> logIn(name, password))
                .call(() -> byAddress.giveBack(address));
    }

    private void throttle(Duration wait) {
        throttled.increment();
        throw tooMany(wait);
    }

    private static ApiException tooMany(Duration wait) {
        return Fault.of(
                        429,
                        "Too Many Requests",
                        "Too many wrong passwords from this address: try again in %d seconds"
                                .formatted(wait.toSeconds() + 1))
                .asException();
    }

    private Uni<Void> logIn(String name, String password) {
        return transactions
                .run(transaction -> named(name, transaction))
                .chain(found ->
                        passwords
                                .verify(password, found.map(Accounts::hash).orElse(""))
                                .chain(isRight -> judge(found, isRight)))
                .invoke(mayLogIn -> {
                    if (!mayLogIn) {
                        throw refused();
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Boolean> judge(Optional<ObjectNode> account, boolean isRight) {
        if (account.isEmpty()) {
            return Uni.createFrom().item(false);
        }
        String id = account.get().path("ID").asText();
        if (!isRight) {
            return failed.fail(id).replaceWith(false);
        }
        return isActive(account.get()) ? failed.succeed(id) : Uni.createFrom().item(false);
    }

    /// Whether tokens of this account are still good for anything.
    public static Uni<Boolean> isActive(String name, Transaction transaction) {
        return named(name, transaction).map(found -> found.filter(Accounts::isActive).isPresent());
    }

    private static Uni<Optional<ObjectNode>> named(String name, Transaction transaction) {
        return transaction.named(DECLARATION, NamespaceName.ROOT.absolute(), name);
    }

    private static boolean isActive(ObjectNode account) {
        return account.path(AccountResource.STATUS).asText().equals(AccountResource.ACTIVE);
    }

    private static String hash(ObjectNode account) {
        return account.path(AccountResource.PASSWORD).asText("");
    }

    private static ApiException refused() {
        return Fault.unauthorized(
                        "The account or the password is wrong, or the account is not active, or it is blocked for a while after wrong passwords")
                .asException();
    }
}
