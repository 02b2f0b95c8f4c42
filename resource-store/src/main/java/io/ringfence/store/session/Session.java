package io.ringfence.store.session;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One connection. Statements are carried out in the order they are given, and the next one can be
/// on its way before the one before is answered: what nobody has to wait for costs no way to the
/// database and back. For one caller at a time.
public final class Session {
    private final SqlConnection connection;

    /// What follows it in a transaction is refused for that reason alone.
    private @Nullable Throwable firstFailure;

    private boolean isCommitAnswered;

    Session(SqlConnection connection) {
        this.connection = connection;
    }

    /// Carries a statement out.
    ///
    /// @param values of its placeholders, `$1` and on
    public Uni<RowSet<Row>> run(String sql, List<?> values) {
        return awaited(() -> prepared(sql, values));
    }

    /// As [#run], but only a later statement waits for it. If it fails, that one fails.
    public Uni<Void> send(String sql, List<?> values) {
        return Uni.createFrom()
                .deferred(() -> {
                    heard(prepared(sql, values));
                    return Uni.createFrom().voidItem();
                });
    }

    void begin() {
        heard(connection.query("begin").execute());
    }

    /// Fails if anything failed: PostgreSQL takes a transaction back without a word, then.
    Uni<Void> commit() {
        return awaited(() -> connection.query("commit").execute())
                .invoke(() -> {
                    isCommitAnswered = true;
                    if (firstFailure != null) {
                        throw new IllegalStateException(
                                "A statement failed, so nothing is stored", firstFailure);
                    }
                })
                .replaceWithVoid();
    }

    /// What follows a commit that was answered is in vain.
    Uni<Void> rollback() {
        return Uni.createFrom()
                .deferred(() ->
                        isCommitAnswered
                                ? Uni.createFrom().nullItem()
                                : UniHelper.toUni(connection.query("rollback").execute()))
                .replaceWithVoid();
    }

    private Future<RowSet<Row>> prepared(String sql, List<?> values) {
        return connection.preparedQuery(sql).execute(Tuple.from(values));
    }

    private Uni<RowSet<Row>> awaited(Supplier<Future<RowSet<Row>>> statement) {
        return Uni.createFrom()
                .deferred(() -> UniHelper.toUni(heard(statement.get())))
                .onFailure()
                .transform(failure -> firstFailure == null ? failure : firstFailure);
    }

    private Future<RowSet<Row>> heard(Future<RowSet<Row>> statement) {
        return statement.onFailure(
                failure -> firstFailure = firstFailure == null ? failure : firstFailure);
    }
}
