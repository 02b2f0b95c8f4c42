package io.ringfence.metrics.inventory;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/// Keeps an [Inventory] going from the service's start to its end. When Kafka fails it starts
/// reading again from the beginning; what is already known is then ignored by its revision. Nobody
/// waits for it.
@ApplicationScoped
class InventoryReader {
    private static final Logger LOG = Logger.getLogger(InventoryReader.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final Map<String, Object> kafka;
    private final ObjectNames names = new ObjectNames();
    private final KnownWorld world = new KnownWorld();
    private final Inventory inventory;
    private final Thread thread = Thread.ofPlatform().name("inventory").unstarted(this::run);

    InventoryReader(
            @Identifier("default-kafka-broker") Map<String, Object> kafka, MeterRegistry meters) {
        this.kafka = new HashMap<>(kafka);
        this.kafka.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.inventory = new Inventory(names, world, meters);
    }

    @Produces
    @Singleton
    ObjectNames names() {
        return names;
    }

    @Produces
    @Singleton
    KnownWorld world() {
        return world;
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        thread.interrupt();
        thread.join(GOODBYE.multipliedBy(2));
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                follow();
            } catch (InterruptException stop) {
                Thread.currentThread().interrupt();
            } catch (KafkaException e) {
                LOG.warnf("Cannot read the topics, trying again in %s: %s", PAUSE, e.getMessage());
                pause();
            }
        }
    }

    private void follow() {
        Consumer<String, byte[]> consumer =
                new KafkaConsumer<>(kafka, new StringDeserializer(), new ByteArrayDeserializer());
        try {
            inventory.start(consumer);
            while (!Thread.currentThread().isInterrupted()) {
                inventory.poll(consumer, POLL);
            }
        } finally {
            close(consumer);
        }
    }

    /// Closing would fail on an interrupted thread.
    private static void close(Consumer<?, ?> consumer) {
        boolean interrupted = Thread.interrupted();
        consumer.close(CloseOptions.timeout(GOODBYE));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
