package io.ringfence.policy.receipt;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.ringfence.contracts.policy.EnforcerReceipt;
import io.ringfence.contracts.policy.PolicyReceipt;
import io.ringfence.contracts.topic.Topic;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;

/// Writes receipts to their topic, where every instance reads them. A receipt that Kafka does not
/// take in time is the gateway's to bring again.
@ApplicationScoped
public class ReceiptPublisher {
    private static final Logger LOG = Logger.getLogger(ReceiptPublisher.class);
    private static final String COUNTER = "ringfence.policy.receipts";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final EnforcerReceipts receipts;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Producer<String, byte[]> producer;

    ReceiptPublisher(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            EnforcerReceipts receipts,
            Clock clock,
            MeterRegistry meters) {
        this.receipts = receipts;
        this.clock = clock;
        this.meters = meters;
        this.producer =
                new KafkaProducer<>(
                        producing(kafka), new StringSerializer(), new ByteArraySerializer());
        for (String outcome : new String[] {"enforced", "refused", "held", "repeated"}) {
            meters.counter(COUNTER, "outcome", outcome);
        }
    }

    /// Completes when the receipt is kept, or was before. May wait for Kafka before it returns.
    public CompletionStage<Void> publish(String enforcerId, PolicyReceipt receipt) {
        if (!receipts.isNews(enforcerId, receipt)) {
            count("repeated");
            return CompletableFuture.completedStage(null);
        }
        if (!receipt.getError().isEmpty()) {
            LOG.warnf(
                    "Enforcer %s refused policy version %d: %s",
                    enforcerId, receipt.getVersion(), receipt.getError());
        }
        EnforcerReceipt kept =
                EnforcerReceipt.newBuilder()
                        .setEnforcerId(enforcerId)
                        .setReceipt(receipt)
                        .setReceivedAtMs(
                                receipts.firstReceivedAtMillis(enforcerId, receipt)
                                        .orElseGet(clock::millis))
                        .build();
        return send(enforcerId, kept.toByteArray()).thenRun(() -> count(outcome(receipt)));
    }

    private CompletionStage<Void> send(String enforcerId, byte[] value) {
        CompletableFuture<Void> kept = new CompletableFuture<>();
        producer.send(
                new ProducerRecord<>(Topic.POLICY_RECEIPT.topicName(), enforcerId, value),
                (_, failure) -> {
                    if (failure == null) {
                        kept.complete(null);
                    } else {
                        LOG.warnf(
                                "%s did not take the receipt of enforcer %s: %s",
                                Topic.POLICY_RECEIPT.topicName(), enforcerId, failure.getMessage());
                        kept.completeExceptionally(failure);
                    }
                });
        return kept;
    }

    private void count(String outcome) {
        meters.counter(COUNTER, "outcome", outcome).increment();
    }

    private static String outcome(PolicyReceipt receipt) {
        if (receipt.getHeld()) {
            return "held";
        }
        return receipt.getError().isEmpty() ? "enforced" : "refused";
    }

    private static Map<String, Object> producing(Map<String, Object> kafka) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) PATIENCE.toMillis());
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis() / 2);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        return config;
    }

    void stop(@Observes ShutdownEvent event) {
        producer.close(GOODBYE);
    }
}
