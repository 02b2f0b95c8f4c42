package io.ringfence.store.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.behaviour.Signature;
import io.ringfence.protocol.behaviour.Transaction;
import io.ringfence.protocol.behaviour.Transactions;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.error.ApiException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.reactive.mutiny.Mutiny;

/// Transactions on Hibernate Reactive. Must be called on the event loop, as endpoints are.
@ApplicationScoped
class ReactiveTransactions implements Transactions {
    private final Mutiny.SessionFactory sessions;
    private final ObjectCache cache;
    private final Clock clock = Clock.systemUTC();

    /// What no caller asked for is signed with the service's name.
    private final Signature console;

    ReactiveTransactions(
            Mutiny.SessionFactory sessions,
            ObjectCache cache,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        this.sessions = sessions;
        this.cache = cache;
        this.console = Signature.console(service);
    }

    @Override
    public <T> Uni<T> run(Function<Transaction, Uni<T>> work) {
        Set<String> changed = ConcurrentHashMap.newKeySet();
        return explained(
                sessions.withStatelessTransaction(session -> on(session, changed, work))
                        .onTermination()
                        .invoke(() -> changed.forEach(cache::changed)));
    }

    @Override
    public <T> Uni<T> rehearse(Function<Transaction, Uni<T>> work) {
        return explained(
                sessions.withStatelessTransaction((session, transaction) -> {
                    transaction.markForRollback();
                    return on(session, new HashSet<>(), work);
                }));
    }

    /// One way to the database and back instead of three.
    @Override
    public <T> Uni<T> read(Function<Transaction, Uni<T>> work) {
        return explained(
                sessions.withStatelessSession(session -> on(session, new HashSet<>(), work)));
    }

    @Override
    public Uni<Optional<ObjectNode>> find(ResourceDeclaration resource, String id) {
        Optional<ObjectNode> known = atHand(resource, id);
        if (known.isPresent()) {
            return Uni.createFrom().item(known);
        }
        ObjectCache.Moment began = cache.now();
        return Transactions.super
                .find(resource, id)
                .invoke(found ->
                        found.ifPresent(object -> cache.keep(resource, id, object, began)));
    }

    @Override
    public Optional<ObjectNode> atHand(ResourceDeclaration resource, String id) {
        return cache.get(resource, id);
    }

    private <T> Uni<T> on(
            Mutiny.StatelessSession session,
            Set<String> changed,
            Function<Transaction, Uni<T>> work) {
        return Uni.createFrom()
                .deferred(() ->
                        work.apply(
                                new ReactiveTransaction(
                                        session, clock, null, console, changed, new Locked())));
    }

    private static <T> Uni<T> explained(Uni<T> done) {
        return done.onFailure(failure -> !(failure instanceof ApiException))
                .transform(DatabaseRefusal::explained);
    }
}
