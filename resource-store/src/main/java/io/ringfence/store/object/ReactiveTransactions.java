package io.ringfence.store.object;

import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.error.ApiException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/// Transactions on Hibernate Reactive. Must be called on the event loop, as endpoints are.
@ApplicationScoped
class ReactiveTransactions implements Transactions {
    private final Mutiny.SessionFactory sessions;
    private final Clock clock = Clock.systemUTC();

    ReactiveTransactions(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
    }

    @Override
    public <T> Uni<T> run(Function<Transaction, Uni<T>> work) {
        return sessions.withStatelessTransaction(session ->
                        Uni.createFrom()
                                .deferred(() ->
                                        work.apply(new ReactiveTransaction(session, clock, null))))
                .onFailure(failure -> !(failure instanceof ApiException))
                .transform(DatabaseRefusal::explained);
    }
}
