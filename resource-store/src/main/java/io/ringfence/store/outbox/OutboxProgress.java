package io.ringfence.store.outbox;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;

/// How far announcing has come, in the service's own numbers: a revision is the number of an outbox
/// row. Every instance gives the same answers.
@Singleton
public final class OutboxProgress {
    private static final String NEWEST =
            "SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence('outbox', 'id')), 0)";
    private static final String ANNOUNCED =
            "SELECT NOT EXISTS (SELECT 1 FROM outbox WHERE id <= $1)";

    private final Pool pool;

    OutboxProgress(Pool pool) {
        this.pool = pool;
    }

    /// Everything that was stored before this call has at most this revision. 0: nothing ever was.
    public Uni<Long> newest() {
        return pool.query(NEWEST).execute().map(rows -> first(rows).getLong(0));
    }

    /// Whether Kafka has everything that is stored up to this revision.
    public Uni<Boolean> isAnnounced(long revision) {
        return pool.preparedQuery(ANNOUNCED)
                .execute(Tuple.of(revision))
                .map(rows -> first(rows).getBoolean(0));
    }

    private static Row first(Iterable<Row> rows) {
        return rows.iterator().next();
    }
}
