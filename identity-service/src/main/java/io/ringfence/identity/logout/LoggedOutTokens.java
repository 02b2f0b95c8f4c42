package io.ringfence.identity.logout;

import static io.ringfence.identity.logout.LoggedOutToken.DECLARATION;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.identity.forget.Forgettable;
import io.ringfence.identity.grammar.NamespaceName;
import io.ringfence.protocol.behaviour.Signature;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.error.Fault;
import io.ringfence.protocol.filter.Filter;
import io.ringfence.protocol.query.Scope;
import io.ringfence.protocol.query.Selection;
import io.ringfence.trust.token.TokenClaims;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Ends tokens before their time, and remembers them for just as long as they would have lived. A
/// holder can have only so many of them, so that nobody fills every gateway's memory by logging in
/// and out.
@Singleton
public final class LoggedOutTokens implements Forgettable {
    /// Clocks may differ, and a token is believed for a minute more.
    private static final Duration DOUBT = Duration.ofMinutes(10);

    /// How many are forgotten in one transaction.
    private static final int BATCH = 200;

    private final Transactions transactions;
    private final int most;

    LoggedOutTokens(
            Transactions transactions,
            @ConfigProperty(
                            name = "ringfence.identity.logged-out-tokens-per-holder",
                            defaultValue = "10000")
                    int most) {
        this.transactions = transactions;
        this.most = most;
    }

    /// Ends a token that was verified. Once is enough; again changes nothing.
    public Uni<Void> logOut(TokenClaims claims, Caller caller) {
        return transactions.run(transaction ->
                transaction
                        .exclusively("log out " + claims.subject())
                        .chain(() -> transaction.find(DECLARATION, claims.tokenId()))
                        .chain(found ->
                                found.isPresent()
                                        ? Uni.createFrom().voidItem()
                                        : enter(claims, caller, transaction)));
    }

    private Uni<Void> enter(TokenClaims claims, Caller caller, Transaction transaction) {
        return transaction
                .count(
                        DECLARATION,
                        all().where(Filter.equal(LoggedOutToken.HOLDER, claims.subject())))
                .invoke(count -> {
                    if (count >= most) {
                        throw tooMany().asException();
                    }
                })
                .chain(() ->
                        transaction
                                .signed(Signature.of(caller))
                                .insert(DECLARATION, LoggedOutToken.of(claims)))
                .replaceWithVoid();
    }

    private Fault tooMany() {
        return Fault.of(
                429,
                "Too Many Requests",
                "This token lives until it expires: %d tokens of its holder were logged out before they expired, and no more are kept. Ask for tokens with a shorter validity"
                        .formatted(most));
    }

    /// Fails with 401 for a token that was logged out, or one that it was made from.
    ///
    /// @param name what the token is called in that answer
    public Uni<Void> refuse(TokenClaims claims, String name) {
        return holdsAnyOf(claims.lineage())
                .invoke(isLoggedOut -> {
                    if (isLoggedOut) {
                        throw Fault.unauthorized(
                                        name
                                                + " is refused: it, or one that it was made from, was logged out")
                                .asException();
                    }
                })
                .replaceWithVoid();
    }

    Uni<Boolean> holdsAnyOf(List<String> tokenIds) {
        List<Filter.Value> ids =
                tokenIds.stream().<Filter.Value>map(Filter.Value.Text::new).toList();
        return transactions
                .read(transaction ->
                        transaction.count(
                                DECLARATION, all().where(new Filter.AnyOf("ID", ids, false))))
                .map(count -> count > 0);
    }

    @Override
    public String what() {
        return "logged-out tokens";
    }

    @Override
    public Uni<Integer> forget() {
        return forgetExpired(Instant.now());
    }

    /// Forgets those that would have expired by now, and answers how many. Instances take turns.
    Uni<Integer> forgetExpired(Instant now) {
        return forgetSome(now)
                .chain(count ->
                        count < BATCH
                                ? Uni.createFrom().item(count)
                                : forgetExpired(now).map(more -> count + more));
    }

    private Uni<Integer> forgetSome(Instant now) {
        Selection expired =
                all().where(
                                new Filter.Compare(
                                        LoggedOutToken.EXPIRATION,
                                        Filter.Comparator.LESS,
                                        new Filter.Value.Time(now.minus(DOUBT))))
                        .firstOnly(BATCH);
        return transactions.run(transaction ->
                transaction
                        .exclusively("forget logged-out tokens")
                        .chain(() -> transaction.list(DECLARATION, expired))
                        .chain(found -> forget(found, transaction).replaceWith(found.size())));
    }

    private static Uni<Void> forget(List<ObjectNode> tokens, Transaction transaction) {
        Uni<Void> work = Uni.createFrom().voidItem();
        for (ObjectNode token : tokens) {
            work = work.chain(() -> transaction.delete(DECLARATION, token));
        }
        return work;
    }

    private static Selection all() {
        return Selection.of(Scope.only(NamespaceName.ROOT.absolute()));
    }
}
