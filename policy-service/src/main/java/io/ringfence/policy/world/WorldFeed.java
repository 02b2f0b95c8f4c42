package io.ringfence.policy.world;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.ringfence.contracts.policy.CompiledPolicy;
import io.ringfence.contracts.policy.EnforcerReceipt;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.engine.stored.WorldState;
import io.ringfence.engine.stored.WorldUpdate;
import io.ringfence.policy.compile.CurrentDirectories;
import io.ringfence.policy.compile.CurrentPolicies;
import io.ringfence.policy.compile.PolicyCompilation;
import io.ringfence.policy.compile.PolicyOutlet;
import io.ringfence.policy.receipt.Convergence;
import io.ringfence.policy.receipt.EnforcerReceipts;
import io.ringfence.policy.receipt.InventoryFreshness;
import io.ringfence.policy.share.Share;
import io.ringfence.policy.share.Shares;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Keeps a [WorldReader] going from the service's start to its end, on one thread on which the
/// compiling happens too (a platform thread: it computes as much as it waits). When Kafka fails it
/// starts reading again from the beginning; what is already known is then ignored by its revision.
/// Any other failure is a bug and ends the service, whose supervisor starts it again.
@ApplicationScoped
class WorldFeed implements WorldSink {
    private static final Logger LOG = Logger.getLogger(WorldFeed.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration GOODBYE = Duration.ofSeconds(10);

    private final Map<String, Object> kafka;
    private final MeterRegistry meters;
    private final Timer compileDuration;
    private final PolicyCompilation compilation;
    private final MeasuredOutlet outlet;
    private final LiveWorld live;
    private final EnforcerReceipts receipts;
    private final Convergence convergence;
    private final InventoryFreshness freshness;
    private final CurrentDirectories directories;
    private final Shares shares;
    private final WorldProgress progress;
    private final WorldState state = new WorldState();
    private final Thread thread;
    private volatile Share share = Share.NONE;
    private volatile boolean stopped;
    private volatile String trouble = "still reading the topics from their beginning";

    WorldFeed(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "ringfence.console-id") String consoleId,
            PolicyOutlet outlet,
            LiveWorld live,
            EnforcerReceipts receipts,
            Convergence convergence,
            InventoryFreshness freshness,
            CurrentPolicies policies,
            CurrentDirectories directories,
            Shares shares,
            WorldProgress progress,
            MeterRegistry meters) {
        this.kafka = kafka;
        this.outlet = new MeasuredOutlet(outlet, convergence, freshness);
        this.freshness = freshness;
        this.directories = directories;
        this.shares = shares;
        this.live = live;
        this.receipts = receipts;
        this.convergence = convergence;
        this.progress = progress;
        this.meters = meters;
        Gauge.builder("ringfence.policy.share", () -> share.ratio())
                .description("What part of the enforcers this instance sends policies to")
                .register(meters);
        this.compileDuration =
                Timer.builder("ringfence.policy.compile.duration")
                        .description("From a batch of changes to its policies signed and sent")
                        .publishPercentiles(0.5, 0.99)
                        .register(meters);
        this.compilation = new PolicyCompilation(consoleId, Clock.systemUTC(), this.outlet);
        policies.compileOthers(compilation::onDemand);
        this.thread = Thread.ofPlatform().name("world-feed").daemon().unstarted(this::runOrEnd);
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        thread.join(GOODBYE);
    }

    /// Empty while policy is made from the newest state.
    String trouble() {
        return trouble;
    }

    @Override
    public void announced(CompiledPolicy policy) {
        compilation.remember(policy);
    }

    @Override
    public void withdrawn(String enforcerId) {
        compilation.forget(enforcerId);
    }

    @Override
    public void received(EnforcerReceipt receipt) {
        compilation.remember(receipt);
        Optional<EnforcerReceipt> former = receipts.of(receipt.getEnforcerId());
        if (receipts.heard(receipt)) {
            convergence.acknowledged(receipt);
            former.ifPresent(before -> freshness.acknowledged(before, receipt));
        }
    }

    @Override
    public void receiptGone(String enforcerId) {
        receipts.gone(enforcerId);
    }

    @Override
    public void changed(WorldUpdate update, long changedAtMillis) {
        live.became(update.world());
        outlet.changedAt(changedAtMillis);
        compileDuration.record(() -> compilation.worldChanged(update));
    }

    private void runOrEnd() {
        try {
            run();
        } catch (RuntimeException e) {
            trouble = "the reader has ended: " + e.getMessage();
            LOG.error("Policy cannot be made any more", e);
            Quarkus.asyncExit(1);
        }
    }

    private void run() {
        while (!stopped) {
            try (KafkaConsumer<byte[], byte[]> consumer =
                            new KafkaConsumer<>(
                                    consuming(),
                                    new ByteArrayDeserializer(),
                                    new ByteArrayDeserializer());
                    DeadLetters deadLetters =
                            new DeadLetters(
                                    new KafkaProducer<>(
                                            kafka,
                                            new ByteArraySerializer(),
                                            new ByteArraySerializer()),
                                    meters)) {
                read(new WorldReader(consumer, deadLetters, state, this));
            } catch (KafkaException e) {
                pauseAfter(e);
            }
        }
    }

    private void read(WorldReader reader) {
        reader.start();
        boolean caughtUp = false;
        while (!stopped) {
            caughtUp = reader.poll(caughtUp ? compilation.waitAtMost(POLL) : POLL);
            if (caughtUp) {
                live.isComplete();
                directories.areComplete(System.currentTimeMillis());
                progress.reached(reader.positions());
                outlet.changedAt(System.currentTimeMillis());
                shares.join();
                share = shares.mine();
                compilation.holds(share);
                compilation.timePassed();
            }
            if (caughtUp && !trouble.isEmpty()) {
                LOG.infof("Policy is made from %d objects", state.size());
                trouble = "";
            }
        }
    }

    private void pauseAfter(KafkaException failure) {
        if (stopped) {
            return;
        }
        trouble = "cannot read the topics: " + failure.getMessage();
        LOG.warnf("Cannot read the topics, trying again in %s: %s", PAUSE, failure.getMessage());
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, Object> consuming() {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(
                ConsumerConfig.GROUP_ID_CONFIG, Principal.POLICY_SERVICE.commonName() + "-world");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return config;
    }
}
