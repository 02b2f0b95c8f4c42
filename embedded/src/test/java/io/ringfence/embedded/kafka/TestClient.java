package io.ringfence.embedded.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringfence.embedded.init.Installation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Somebody who tries what he may do with the broker.
record TestClient(Map<String, Object> settings) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final byte[] KEY = {7};
    private static final Duration POLL = Duration.ofMillis(100);

    static TestClient mutualTls(Installation installation, Path keystore) {
        Map<String, Object> settings =
                trusting(installation, installation.ports().kafkaInternal(), "SSL");
        settings.put("ssl.keystore.type", "PEM");
        settings.put("ssl.keystore.location", keystore.toString());
        return new TestClient(settings);
    }

    static TestClient token(Installation installation, String token) {
        Map<String, Object> settings =
                trusting(installation, installation.ports().kafkaEnforcers(), "SASL_SSL");
        settings.put("sasl.mechanism", "OAUTHBEARER");
        settings.put("sasl.login.callback.handler.class", TokenOnly.class.getName());
        settings.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required"
                        + " token=\""
                        + token
                        + "\";");
        return new TestClient(settings);
    }

    Admin admin() {
        return Admin.create(settings);
    }

    void write(String topic, int partition, String value)
            throws ExecutionException, InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            producer.send(new ProducerRecord<>(topic, partition, KEY, value.getBytes(UTF_8))).get();
        }
    }

    /// Which of the topics take a record. Whatever else goes wrong is thrown.
    Set<String> writable(Set<String> topics) {
        Set<String> writable = new HashSet<>();
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (String topic : topics) {
                try {
                    producer.send(new ProducerRecord<>(topic, 0, KEY, new byte[] {1})).get();
                    writable.add(topic);
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicAuthorizationException)) {
                        throw new KafkaException(e.getCause());
                    }
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return writable;
    }

    /// Which of the topics give a record that somebody else has written.
    Set<String> readable(Set<String> topics, TestClient writer) {
        writer.writable(topics);
        Set<String> candidates = new HashSet<>(topics);
        Set<String> read = new HashSet<>();
        Instant end = Instant.now().plus(PATIENCE);
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(Map.of())) {
            assign(consumer, candidates);
            while (!read.equals(candidates) && Instant.now().isBefore(end)) {
                try {
                    consumer.poll(POLL).forEach(record -> read.add(record.topic()));
                } catch (TopicAuthorizationException refused) {
                    candidates.removeAll(refused.unauthorizedTopics());
                    assign(consumer, candidates);
                }
            }
        }
        return read;
    }

    List<String> read(String topic, int partition) {
        TopicPartition wanted = new TopicPartition(topic, partition);
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(Map.of())) {
            consumer.assign(List.of(wanted));
            consumer.seekToBeginning(List.of(wanted));
            long last = consumer.endOffsets(List.of(wanted)).getOrDefault(wanted, 0L);
            while (consumer.position(wanted) < last) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    values.add(new String(record.value(), UTF_8));
                }
            }
        }
        return values;
    }

    void commit(String group, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(Map.of("group.id", group))) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(0)));
        }
    }

    private static void assign(KafkaConsumer<byte[], byte[]> consumer, Set<String> topics) {
        List<TopicPartition> partitions =
                topics.stream().map(topic -> new TopicPartition(topic, 0)).toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putAll(more);
        return new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Map<String, Object> trusting(
            Installation installation, int port, String protocol) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", "127.0.0.1:" + port);
        settings.put("security.protocol", protocol);
        settings.put("ssl.truststore.type", "PEM");
        settings.put("ssl.truststore.location", installation.folder().authority().toString());
        return settings;
    }
}
