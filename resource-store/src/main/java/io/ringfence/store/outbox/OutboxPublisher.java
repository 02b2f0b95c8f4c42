package io.ringfence.store.outbox;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Carries announcements from the outbox to Kafka, in order, each at least once. Of several
/// instances of a service the one that holds the schema's advisory lock publishes; the others stand
/// by and take over when its connection ends. Whatever fails is tried again for ever; a row goes
/// only after the broker's acknowledgement.
@ApplicationScoped
class OutboxPublisher {
    private static final Logger LOG = Logger.getLogger(OutboxPublisher.class);
    private static final Duration STANDBY = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofMillis(500);

    /// A notification wakes earlier; this only bounds how long a lost one goes unnoticed.
    private static final Duration WAIT = Duration.ofSeconds(2);

    private final AgroalDataSource database;
    private final Map<String, Object> kafka;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable Thread thread;

    OutboxPublisher(
            AgroalDataSource database,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.database = database;
        this.kafka = kafka;
    }

    void start(@Observes StartupEvent event) {
        thread = Thread.ofVirtual().name("outbox").start(this::publishForEver);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping.countDown();
        Thread running = thread;
        if (running != null) {
            running.join(Duration.ofSeconds(5));
        }
    }

    private void publishForEver() {
        try (Broker broker = new Broker(kafka)) {
            while (isRunning()) {
                try (Connection connection = database.getConnection()) {
                    publish(new OutboxTable(connection), broker);
                } catch (SQLException | Broker.UnavailableException e) {
                    LOG.warnf("Announcing pauses: %s", e.getMessage());
                    pause(PAUSE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void publish(OutboxTable outbox, Broker broker)
            throws SQLException, InterruptedException, Broker.UnavailableException {
        outbox.listen();
        try {
            while (isRunning() && !outbox.lock()) {
                pause(STANDBY);
            }
            while (isRunning()) {
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

    private boolean isRunning() {
        return stopping.getCount() > 0;
    }

    private void pause(Duration duration) throws InterruptedException {
        stopping.await(duration.toMillis(), TimeUnit.MILLISECONDS);
    }
}
