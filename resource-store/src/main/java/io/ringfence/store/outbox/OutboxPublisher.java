package io.ringfence.store.outbox;

import io.agroal.api.AgroalDataSource;
import io.ringfence.store.background.BackgroundWork;
import io.ringfence.store.background.Running;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/// Carries announcements from the outbox to Kafka, in order, each at least once. Of several
/// instances of a service the one that holds the schema's advisory lock publishes; the others stand
/// by and take over when its connection ends. Whatever fails is tried again for ever; a row goes
/// only after the broker's acknowledgement.
@ApplicationScoped
class OutboxPublisher implements BackgroundWork {
    private static final Logger LOG = Logger.getLogger(OutboxPublisher.class);
    private static final Duration STANDBY = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofMillis(500);

    /// A notification wakes earlier; this only bounds how long a lost one goes unnoticed.
    private static final Duration WAIT = Duration.ofSeconds(2);

    private final AgroalDataSource database;
    private final Map<String, Object> kafka;

    OutboxPublisher(
            AgroalDataSource database,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.database = database;
        this.kafka = kafka;
    }

    @Override
    public String name() {
        return "outbox";
    }

    @Override
    public void work(Running running) throws InterruptedException {
        try (Broker broker = new Broker(kafka)) {
            while (running.goesOn()) {
                try (Connection connection = database.getConnection()) {
                    publish(new OutboxTable(connection), broker, running);
                } catch (SQLException | Broker.UnavailableException e) {
                    LOG.warnf("Announcing pauses: %s", e.getMessage());
                    running.pause(PAUSE);
                }
            }
        }
    }

    private static void publish(OutboxTable outbox, Broker broker, Running running)
            throws SQLException, InterruptedException, Broker.UnavailableException {
        outbox.listen();
        try {
            while (running.goesOn() && !outbox.lock()) {
                running.pause(STANDBY);
            }
            while (running.goesOn()) {
                List<OutboxTable.Row> rows = outbox.oldest();
                if (rows.isEmpty()) {
                    outbox.awaitNotification(WAIT);
                } else {
                    broker.send(rows);
                    outbox.delete(rows);
                }
            }
        } finally {
            outbox.unlock();
        }
    }
}
