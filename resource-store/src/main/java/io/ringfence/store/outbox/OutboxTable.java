package io.ringfence.store.outbox;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/// The table `outbox` as its publisher uses it, on one connection that also holds the lock.
final class OutboxTable {
    private static final int BATCH = 500;
    private static final String LOCK = "hashtextextended('outbox ' || current_schema(), 0)";

    private final Connection connection;

    OutboxTable(Connection connection) {
        this.connection = connection;
    }

    record Row(long id, String topic, String key, String namespace, byte @Nullable [] value) {}

    /// A row whose deletion a crash undoes is sent once more, as one that was not deleted yet: so
    /// the disk is not waited for.
    void listen() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set synchronous_commit = off");
            String channel;
            try (ResultSet schema =
                    statement.executeQuery("select quote_ident('outbox_' || current_schema())")) {
                schema.next();
                channel = schema.getString(1);
            }
            statement.execute("listen " + channel);
        }
    }

    /// Whether this connection is the publisher now.
    boolean lock() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet locked =
                        statement.executeQuery("select pg_try_advisory_lock(" + LOCK + ")")) {
            return locked.next() && locked.getBoolean(1);
        }
    }

    /// The connection goes back to a pool, so it must not keep the lock.
    void unlock() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_unlock_all()");
            statement.execute("unlisten *");
            statement.execute("reset synchronous_commit");
        }
    }

    List<Row> oldest() throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select id, topic, key, namespace, value from outbox order by id limit "
                                + BATCH)) {
            ResultSet result = query.executeQuery();
            while (result.next()) {
                rows.add(
                        new Row(
                                result.getLong(1),
                                result.getString(2),
                                result.getString(3),
                                result.getString(4),
                                result.getBytes(5)));
            }
        }
        return rows;
    }

    void delete(List<Row> rows) throws SQLException {
        Array ids = connection.createArrayOf("bigint", rows.stream().map(Row::id).toArray());
        try (PreparedStatement delete =
                connection.prepareStatement("delete from outbox where id = any(?)")) {
            delete.setArray(1, ids);
            delete.executeUpdate();
        } finally {
            ids.free();
        }
    }

    /// Returns when a transaction with announcements commits, or after the time given.
    void awaitNotification(Duration longest) throws SQLException {
        connection.unwrap(PGConnection.class).getNotifications((int) longest.toMillis());
    }
}
