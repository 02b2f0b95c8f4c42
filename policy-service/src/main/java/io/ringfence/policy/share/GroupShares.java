package io.ringfence.policy.share;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.contracts.topic.Topic;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// A share is the partitions of [Topic#POLICY_COMPILED] that the group's protocol gives to this
/// instance. Nothing is read from them here. For a moment two instances may hold the same part;
/// both send the same then.
@ApplicationScoped
class GroupShares implements Shares {
    private static final Logger LOG = Logger.getLogger(GroupShares.class);
    private static final String GROUP = Principal.POLICY_SERVICE.commonName() + "-share";
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration GOODBYE = Duration.ofSeconds(5);
    private static final int HEARTBEATS_IN_PATIENCE = 5;

    private final Map<String, Object> kafka;
    private final ShareConfig config;
    private final int port;
    private final Thread thread = Thread.ofVirtual().name("share").unstarted(this::takePart);
    private volatile Share mine = Share.NONE;
    private volatile String trouble = "is not a member of the group yet";
    private volatile boolean stopped;

    GroupShares(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            ShareConfig config,
            @ConfigProperty(name = "quarkus.http.ssl-port") int port) {
        this.kafka = kafka;
        this.config = config;
        this.port = port;
    }

    @Override
    public Share mine() {
        return mine;
    }

    @Override
    public String trouble() {
        return trouble;
    }

    @Override
    public synchronized void join() {
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        thread.join(GOODBYE);
    }

    private void takePart() {
        while (!stopped) {
            try {
                beMember();
            } catch (FencedInstanceIdException e) {
                LOG.errorf(
                        "Another instance calls itself %s; give each its own ringfence.share.instance",
                        name());
                Quarkus.asyncExit(1);
                return;
            } catch (KafkaException e) {
                mine = Share.NONE;
                trouble = "cannot be a member of the group: " + e.getMessage();
                pauseAfter(e);
            } catch (RuntimeException e) {
                trouble = "takes no part any more: " + e.getMessage();
                LOG.error("This instance cannot take part any more", e);
                Quarkus.asyncExit(1);
                return;
            }
        }
    }

    private void beMember() {
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        consuming(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            consumer.subscribe(List.of(Topic.POLICY_COMPILED.topicName()), new Parts(consumer));
            while (!stopped) {
                consumer.poll(POLL);
            }
        } finally {
            consumer.close(
                    CloseOptions.timeout(GOODBYE)
                            .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
        }
    }

    /// On the thread that polls.
    private final class Parts implements ConsumerRebalanceListener {
        private final KafkaConsumer<?, ?> consumer;
        private final Set<Integer> held = new HashSet<>();

        Parts(KafkaConsumer<?, ?> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            consumer.pause(partitions);
            partitions.forEach(each -> held.add(each.partition()));
            trouble = "";
            hold();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            partitions.forEach(each -> held.remove(each.partition()));
            hold();
        }

        private void hold() {
            Share share =
                    new Share(
                            held, consumer.partitionsFor(Topic.POLICY_COMPILED.topicName()).size());
            if (!share.equals(mine)) {
                LOG.infof("Sends for %d of %d parts", share.parts().size(), share.of());
                mine = share;
            }
        }
    }

    private void pauseAfter(KafkaException failure) {
        if (stopped) {
            return;
        }
        LOG.warnf("Cannot take part, trying again in %s: %s", PAUSE, failure.getMessage());
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, Object> consuming() {
        Map<String, Object> consuming = new HashMap<>(kafka);
        consuming.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
        consuming.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, name());
        consuming.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName());
        consuming.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) config.patience().toMillis());
        consuming.put(
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                (int) config.patience().toMillis() / HEARTBEATS_IN_PATIENCE);
        consuming.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consuming.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        consuming.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return consuming;
    }

    private String name() {
        return config.instance().orElseGet(() -> hostName() + "-" + port);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
