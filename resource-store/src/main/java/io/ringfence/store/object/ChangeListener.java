package io.ringfence.store.object;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// Hears from the database which objects any instance of the service changed, and tells the cache.
/// While the connection is away, the cache is off.
@ApplicationScoped
class ChangeListener {
    private static final Logger LOG = Logger.getLogger(ChangeListener.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    /// How long a connection that broke without a word is still believed in.
    private static final Duration BELIEVED = Duration.ofSeconds(2);

    private final AgroalDataSource database;
    private final ObjectCache cache;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable Thread thread;

    ChangeListener(AgroalDataSource database, ObjectCache cache) {
        this.database = database;
        this.cache = cache;
    }

    void start(@Observes StartupEvent event) {
        thread = Thread.ofVirtual().name("object-changes").start(this::listenForEver);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping.countDown();
        Thread running = thread;
        if (running != null) {
            running.join(Duration.ofSeconds(5));
        }
    }

    private void listenForEver() {
        try {
            while (isRunning()) {
                try (Connection connection = database.getConnection()) {
                    listen(connection);
                } catch (SQLException e) {
                    LOG.warnf("Reads go to the database for now: %s", e.getMessage());
                    stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen " + channel(statement));
            cache.hears();
            while (isRunning()) {
                hear(connection);
            }
            statement.execute("unlisten *");
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

    private boolean isRunning() {
        return stopping.getCount() > 0;
    }
}
