package io.ringfence.store.session;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.function.Function;

/// Sessions on connections of the pool, each given back when its work is over or nobody waits for
/// it any more.
@Singleton
public final class Sessions {
    private final Pool pool;

    Sessions(Pool pool) {
        this.pool = pool;
    }

    /// Without a transaction: each statement by itself.
    public <T> Uni<T> read(Function<Session, Uni<T>> work) {
        return Uni.createFrom()
                .deferred(() -> UniHelper.toUni(pool.getConnection()))
                .chain(connection ->
                        Uni.createFrom()
                                .deferred(() -> work.apply(new Session(connection)))
                                .onTermination()
                                .call(() -> UniHelper.toUni(connection.close())));
    }

    /// Commits when the work is done; takes back what it did if it fails or is cancelled.
    public <T> Uni<T> commit(Function<Session, Uni<T>> work) {
        return read(session ->
                begun(session, work)
                        .call(session::commit)
                        .onFailure()
                        .call(failure -> undone(session))
                        .onCancellation()
                        .call(() -> undone(session)));
    }

    /// Takes back what the work did, in any case.
    public <T> Uni<T> rehearse(Function<Session, Uni<T>> work) {
        return read(session -> begun(session, work).onTermination().call(() -> undone(session)));
    }

    private static <T> Uni<T> begun(Session session, Function<Session, Uni<T>> work) {
        session.begin();
        return Uni.createFrom().deferred(() -> work.apply(session));
    }

    /// Where that fails, the connection is gone, and with it the transaction.
    private static Uni<Void> undone(Session session) {
        return session.rollback().onFailure().recoverWithNull();
    }
}
