package io.ringfence.store.object;

import io.ringfence.protocol.behaviour.Signature;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.error.ApiException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.reactive.mutiny.Mutiny;

/// Transactions on Hibernate Reactive. Must be called on the event loop, as endpoints are.
@ApplicationScoped
class ReactiveTransactions implements Transactions {
    private final Mutiny.SessionFactory sessions;
    private final Clock clock = Clock.systemUTC();

    /// What no caller asked for is signed with the service's name.
    private final Signature console;

    ReactiveTransactions(
            Mutiny.SessionFactory sessions,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        this.sessions = sessions;
        this.console = Signature.console(service);
    }

    @Override
    public <T> Uni<T> run(Function<Transaction, Uni<T>> work) {
        return explained(sessions.withStatelessTransaction(session -> on(session, work)));
    }

    @Override
    public <T> Uni<T> rehearse(Function<Transaction, Uni<T>> work) {
        return explained(
                sessions.withStatelessTransaction((session, transaction) -> {
                    transaction.markForRollback();
                    return on(session, work);
                }));
    }

    /// One way to the database and back instead of three.
    @Override
    public <T> Uni<T> read(Function<Transaction, Uni<T>> work) {
        return explained(sessions.withStatelessSession(session -> on(session, work)));
    }

    private <T> Uni<T> on(Mutiny.StatelessSession session, Function<Transaction, Uni<T>> work) {
        return Uni.createFrom()
                .deferred(() -> work.apply(new ReactiveTransaction(session, clock, null, console)));
    }

    private static <T> Uni<T> explained(Uni<T> done) {
        return done.onFailure(failure -> !(failure instanceof ApiException))
                .transform(DatabaseRefusal::explained);
    }
}
