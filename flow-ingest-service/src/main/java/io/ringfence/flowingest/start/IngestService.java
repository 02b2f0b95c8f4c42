package io.ringfence.flowingest.start;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.flowingest.consume.DeadLetters;
import io.ringfence.flowingest.consume.FlowConsumer;
import io.ringfence.flowingest.consume.IngestMeters;
import io.ringfence.flowingest.consume.Settings;
import io.ringfence.flowingest.consume.UnfitStoreException;
import io.ringfence.flowingest.verify.BatchVerifier;
import io.ringfence.flowingest.write.VictoriaMetrics;
import io.ringfence.trust.certificate.Pem;
import io.ringfence.trust.certificate.TrustedCertificates;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// The life of the loop: from the service's start to its end. When the loop ends by itself, so does
/// the service: its supervisor starts it again, and nothing was committed that was not written.
@ApplicationScoped
class IngestService {
    private static final Logger LOG = Logger.getLogger(IngestService.class);
    private static final Duration GOODBYE = Duration.ofSeconds(10);

    private final VictoriaMetrics store;
    private final DeadLetters deadLetters;
    private final FlowConsumer consumer;
    private final Thread thread;

    IngestService(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "ringfence.console-id") String consoleId,
            @ConfigProperty(name = "ringfence.trust.authority") Path authority,
            StoreConfig storeConfig,
            IngestConfig config,
            MeterRegistry registry) {
        Clock clock = Clock.systemUTC();
        store = new VictoriaMetrics(storeConfig.url());
        deadLetters = DeadLetters.on(kafka);
        consumer =
                new FlowConsumer(
                        new KafkaConsumer<>(
                                consuming(kafka),
                                new ByteArrayDeserializer(),
                                new ByteArrayDeserializer()),
                        deadLetters,
                        new BatchVerifier(
                                new TrustedCertificates(Pem.readCertificate(authority), clock),
                                consoleId,
                                clock),
                        store,
                        new IngestMeters(registry, clock),
                        new Settings(config.commitBehind(), config.commitEvery()));
        thread = Thread.ofPlatform().name("flow-consumer").unstarted(this::run);
    }

    /// Short sessions, because the partitions of a killed instance are free only when its session
    /// ends. Being thought dead wrongly costs a replay, nothing else.
    private static Map<String, Object> consuming(Map<String, Object> kafka) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, Principal.FLOW_INGEST_SERVICE.commonName());
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
        config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_500);
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
        return config;
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        thread.interrupt();
        thread.join(GOODBYE);
        deadLetters.close();
        store.close();
    }

    /// Empty while records move, or could.
    String trouble() {
        return thread.isAlive() ? consumer.trouble() : "the consumer has ended";
    }

    private void run() {
        try {
            consumer.run();
        } catch (UnfitStoreException unfit) {
            LOG.error(unfit.getMessage());
            Quarkus.asyncExit(1);
        } catch (RuntimeException e) {
            LOG.error("the consumer cannot go on", e);
            Quarkus.asyncExit(1);
        }
    }
}
