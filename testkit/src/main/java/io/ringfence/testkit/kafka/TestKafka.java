package io.ringfence.testkit.kafka;

import io.ringfence.contracts.topic.Partitioning;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.embedded.init.DataFolder;
import io.ringfence.embedded.init.Installation;
import io.ringfence.testkit.installation.TestInstallation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// The installation's Kafka.
public final class TestKafka {
    /// May do everything.
    private static final String SUPERUSER = "launcher";

    private final Installation installation;

    private TestKafka(Installation installation) {
        this.installation = installation;
    }

    /// Starts the broker when it does not run yet.
    public static TestKafka of(TestInstallation installation) {
        return new TestKafka(installation.startKafka().installation());
    }

    /// Client settings of one service.
    public Map<String, Object> settingsOf(Principal service) {
        return settings(service.commonName());
    }

    /// Client settings of somebody who may do everything.
    public Map<String, Object> settingsOfSuperuser() {
        return settings(SUPERUSER);
    }

    /// Writes as somebody who may, to the partition that Kafka chooses by the key.
    public RecordMetadata write(String topic, String key, byte @Nullable [] value) {
        return write(new ProducerRecord<>(topic, key, value));
    }

    /// Writes an object's state, or a tombstone, to the partition of its namespace.
    public RecordMetadata writeObject(
            String topic, String namespace, String id, byte @Nullable [] value) {
        int partition = Partitioning.ofNamespace(namespace, Partitioning.SINGLE_MACHINE);
        return write(new ProducerRecord<>(topic, partition, id, value));
    }

    public RecordMetadata write(ProducerRecord<String, byte[]> record) {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(
                        settingsOfSuperuser(), new StringSerializer(), new ByteArraySerializer())) {
            return producer.send(record).get();
        } catch (ExecutionException e) {
            throw new AssertionError("not written: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /// Reads all partitions from now on; close it.
    public TopicReader readFromEnd(String topic) {
        return TopicReader.fromEnd(settingsOfSuperuser(), topic);
    }

    /// Reads all partitions from their beginning; close it.
    public TopicReader readFromBeginning(String topic) {
        return TopicReader.fromBeginning(settingsOfSuperuser(), topic);
    }

    private Map<String, Object> settings(String process) {
        DataFolder folder = installation.folder();
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("bootstrap.servers", "127.0.0.1:" + installation.ports().kafkaInternal());
        keys.put("security.protocol", "SSL");
        keys.put("ssl.keystore.type", "PEM");
        keys.put("ssl.keystore.location", folder.keystore(process).toString());
        keys.put("ssl.truststore.type", "PEM");
        keys.put("ssl.truststore.location", folder.authority().toString());
        return keys;
    }
}
