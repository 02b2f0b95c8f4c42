package io.ringfence.gateway.stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.Startup;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.gateway.admit.Admission;
import io.ringfence.gateway.consume.KafkaClients;
import io.ringfence.gateway.consume.RecordListener;
import io.ringfence.gateway.consume.TopicReader;
import io.ringfence.gateway.consume.UnreadableRecord;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// The enforcers connected to this gateway, and the topics that bring their changes. Every gateway
/// reads all of it and passes on what is for an enforcer of its own.
@Startup
@ApplicationScoped
public class EnforcerStreams implements RecordListener {
    private final Map<String, EnforcerConnection> connected = new ConcurrentHashMap<>();
    private final DirectoryFeeds directories;
    private final RecentDeltas recent;
    private final TopicReader reader;

    EnforcerStreams(
            KafkaClients kafka,
            Admission admission,
            DirectoryFeeds directories,
            RecentDeltas recent,
            MeterRegistry metrics) {
        this.directories = directories;
        this.recent = recent;
        metrics.gauge("ringfence_gateway_connected_enforcers", connected, Map::size);
        admission.onRevoked(this::cut);
        this.reader =
                kafka.read(
                        List.of(Topic.POLICY_DELTA, Topic.DIRECTORY_DELTA),
                        TopicReader.Start.END,
                        this);
    }

    /// Whether changes are being heard. A snapshot fetched earlier could be followed by a gap.
    public boolean isReady() {
        return reader.isReady();
    }

    /// From here on it is offered its changes. An enforcer has one stream: an older one, which may
    /// be the half-open rest of a broken connection, is closed.
    void add(EnforcerConnection connection) {
        EnforcerConnection former = connected.put(connection.enforcerId(), connection);
        if (former != null) {
            former.goAway("replaced by a newer stream");
        }
    }

    void remove(EnforcerConnection connection) {
        connected.remove(connection.enforcerId(), connection);
    }

    /// From now on it is refused; what was let in before has to go.
    private void cut(String enforcerId) {
        EnforcerConnection connection = connected.get(enforcerId);
        if (connection != null) {
            connection.dismiss("the certificate was revoked");
        }
    }

    @Override
    public void heard(ConsumerRecord<String, byte[]> record) {
        if (record.topic().equals(Topic.DIRECTORY_DELTA.topicName())) {
            heardOfDirectory(record);
        } else {
            heardOfPolicy(record);
        }
    }

    private void heardOfDirectory(ConsumerRecord<String, byte[]> record) {
        if (record.key() == null || record.value() == null) {
            throw new UnreadableRecord("a change of a directory has a tenant and a content");
        }
        DirectoryUpdate update = DirectoryUpdate.of(record.value());
        if (!update.tenant().equals(record.key())) {
            throw new UnreadableRecord("the key is not the directory's tenant");
        }
        directories.of(update.tenant()).heard(update);
    }

    private void heardOfPolicy(ConsumerRecord<String, byte[]> record) {
        if (record.key() == null || record.value() == null) {
            throw new UnreadableRecord("a policy has an enforcer and a content");
        }
        PolicyUpdate update = PolicyUpdate.of(record.value());
        if (!update.enforcerId().equals(record.key())) {
            throw new UnreadableRecord("the key is not the policy's enforcer");
        }
        // First, so that a connection that is not offered it finds it there.
        recent.heard(update);
        EnforcerConnection connection = connected.get(record.key());
        if (connection != null) {
            connection.offer(update);
        }
    }

    @Override
    public void missed() {
        directories.forget();
        recent.forget();
        connected.values().forEach(EnforcerConnection::resynchronize);
    }

    /// Streams count as requests under way, so they have to go before the gateway waits for those.
    void closeAll(@Observes ShutdownDelayInitiatedEvent stopping) {
        connected.values().forEach(connection -> connection.goAway("the gateway stops"));
    }
}
