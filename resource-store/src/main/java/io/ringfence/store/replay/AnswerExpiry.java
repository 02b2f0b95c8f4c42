package io.ringfence.store.replay;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Takes answers away when they are a day old, a thousand per statement; instances of a service do
/// not get in each other's way.
@ApplicationScoped
class AnswerExpiry {
    private static final Logger LOG = Logger.getLogger(AnswerExpiry.class);
    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final int BATCH = 1_000;
    private static final String EXPIRE =
            """
            delete from answer where id in (
                select id from answer where given_at < now() - interval '24 hours'
                order by given_at limit %d for update skip locked)
            """
                    .formatted(BATCH);

    private final AgroalDataSource database;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable Thread thread;

    AnswerExpiry(AgroalDataSource database) {
        this.database = database;
    }

    void start(@Observes StartupEvent event) {
        thread = Thread.ofVirtual().name("answer-expiry").start(this::expireForEver);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping.countDown();
        Thread running = thread;
        if (running != null) {
            running.join(Duration.ofSeconds(5));
        }
    }

    private void expireForEver() {
        try {
            do {
                expireOnce();
            } while (!stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void expireOnce() {
        try (Connection connection = database.getConnection()) {
            while (stopping.getCount() > 0 && expireBatch(connection) == BATCH) {
                Thread.yield();
            }
        } catch (SQLException e) {
            LOG.warnf("Old answers stay for now: %s", e.getMessage());
        }
    }

    /// How many went.
    static int expireBatch(Connection connection) throws SQLException {
        try (PreparedStatement expire = connection.prepareStatement(EXPIRE)) {
            return expire.executeUpdate();
        }
    }
}
