package io.ringfence.store.replay;

import io.agroal.api.AgroalDataSource;
import io.ringfence.store.background.BackgroundWork;
import io.ringfence.store.background.Running;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.jboss.logging.Logger;

/// Takes answers away when they are a day old, a thousand per statement; instances of a service do
/// not get in each other's way.
@ApplicationScoped
class AnswerExpiry implements BackgroundWork {
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

    AnswerExpiry(AgroalDataSource database) {
        this.database = database;
    }

    @Override
    public String name() {
        return "answer-expiry";
    }

    @Override
    public void work(Running running) throws InterruptedException {
        do {
            expireOnce(running);
        } while (running.pause(PAUSE));
    }

    private void expireOnce(Running running) {
        try (Connection connection = database.getConnection()) {
            int expired;
            do {
                expired = expireBatch(connection);
            } while (running.goesOn() && expired == BATCH);
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
