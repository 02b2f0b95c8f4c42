package io.ringfence.store.object;

import io.agroal.api.AgroalDataSource;
import io.ringfence.store.background.BackgroundWork;
import io.ringfence.store.background.Running;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// Hears from the database which objects any instance of the service changed, and tells the cache.
/// While the connection is away, the cache is off.
@ApplicationScoped
class ChangeListener implements BackgroundWork {
    private static final Logger LOG = Logger.getLogger(ChangeListener.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    /// How long a connection that broke without a word is still believed in.
    private static final Duration BELIEVED = Duration.ofSeconds(2);

    private final AgroalDataSource database;
    private final ObjectCache cache;

    ChangeListener(AgroalDataSource database, ObjectCache cache) {
        this.database = database;
        this.cache = cache;
    }

    @Override
    public String name() {
        return "object-changes";
    }

    @Override
    public void work(Running running) throws InterruptedException {
        while (running.goesOn()) {
            try (Connection connection = database.getConnection()) {
                listen(connection, running);
            } catch (SQLException e) {
                LOG.warnf("Reads go to the database for now: %s", e.getMessage());
                running.pause(PAUSE);
            }
        }
    }

    private void listen(Connection connection, Running running) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set application_name = '%s'".formatted(name()));
            statement.execute("listen " + channel(statement));
            cache.hears();
            while (running.goesOn()) {
                hear(connection);
            }
            statement.execute("unlisten *");
            statement.execute("reset application_name");
        } finally {
            cache.isDeaf();
        }
    }

    private void hear(Connection connection) throws SQLException {
        PGNotification[] changes =
                connection.unwrap(PGConnection.class).getNotifications((int) BELIEVED.toMillis());
        if (changes == null || changes.length == 0) {
            if (!connection.isValid((int) BELIEVED.toSeconds())) {
                throw new SQLException("the connection that tells of changes is gone");
            }
            return;
        }
        for (PGNotification change : changes) {
            cache.changed(change.getParameter());
        }
    }

    private static String channel(Statement statement) throws SQLException {
        try (ResultSet schema =
                statement.executeQuery("select quote_ident('object_' || current_schema())")) {
            schema.next();
            return schema.getString(1);
        }
    }
}
