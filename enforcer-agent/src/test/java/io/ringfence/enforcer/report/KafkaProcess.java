package io.ringfence.enforcer.report;

import io.ringfence.embedded.jwks.JwksEndpoint;
import io.ringfence.embedded.kafka.KafkaSettings;
import io.ringfence.enforcer.fake.FakeConsole;
import io.ringfence.trust.certificate.Pem;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;

/// A real broker with the console's listeners, tokens and access rules, in a process of its own.
final class KafkaProcess implements AutoCloseable {
    private static final Path EMBEDDED = Path.of("../embedded/target").toAbsolutePath().normalize();

    private final Path folder;
    private final JwksEndpoint jwks;
    private final KafkaSettings settings;
    private Process process;

    KafkaProcess(Path folder, FakeConsole console) throws IOException {
        this.folder = Files.createDirectories(folder);
        Path pki = Files.createDirectories(folder.resolve("pki"));
        Pem.write(pki.resolve("ca.pem"), Pem.of(console.authority().certificate()));
        for (String name : List.of("kafka", "flow-ingest-service")) {
            console.process(name)
                    .writeKeystore(
                            pki.resolve(name + ".keystore.pem"), console.authority().certificate());
        }
        jwks =
                JwksEndpoint.start(
                        Files.writeString(folder.resolve("jwks.json"), console.jwks()), 0);
        settings =
                new KafkaSettings(
                        folder.resolve("kafka"),
                        pki,
                        freePort(),
                        freePort(),
                        freePort(),
                        "127.0.0.1",
                        jwks.uri().toString(),
                        1,
                        folder.resolve("ready"));
        process = start();
    }

    String enforcerListener() {
        return "127.0.0.1:" + settings.enforcerPort();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    void startAgain() throws IOException {
        process = start();
    }

    KafkaConsumer<byte[], byte[]> consumer() {
        Path pki = folder.resolve("pki");
        Map<String, Object> keys = new HashMap<>();
        keys.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + settings.internalPort());
        keys.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        keys.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        keys.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        keys.put("security.protocol", "SSL");
        keys.put("ssl.keystore.type", "PEM");
        keys.put(
                "ssl.keystore.location",
                pki.resolve("flow-ingest-service.keystore.pem").toString());
        keys.put("ssl.truststore.type", "PEM");
        keys.put("ssl.truststore.location", pki.resolve("ca.pem").toString());
        return new KafkaConsumer<>(keys);
    }

    private Process start() throws IOException {
        Files.deleteIfExists(settings.readyMark());
        StringBuilder properties = new StringBuilder();
        settings.toProperties()
                .forEach((key, value) ->
                        properties.append(key).append('=').append(value).append('\n'));
        Path file = Files.writeString(folder.resolve("kafka.properties"), properties);
        Path log = folder.resolve("kafka.out");
        Process started =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-cp",
                                EMBEDDED + "/*" + File.pathSeparator + EMBEDDED + "/lib/*",
                                "io.ringfence.embedded.kafka.KafkaServer",
                                file.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        Awaitility.await("Kafka, see " + log)
                .atMost(Duration.ofSeconds(60))
                .until(() -> {
                    if (!started.isAlive()) {
                        throw new AssertionError("Kafka ended: " + Files.readString(log));
                    }
                    return Files.exists(settings.readyMark());
                });
        return started;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(15, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        jwks.close();
    }
}
