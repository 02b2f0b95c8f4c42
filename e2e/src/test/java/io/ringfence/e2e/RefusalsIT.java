package io.ringfence.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a running stack refuses, and how it says so; two stacks side by side.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalsIT {
    private static final int PORT_BASE = 22000;
    private static final int OTHER_PORT_BASE = 23000;

    private final io.ringfence.e2e.Stack stack = io.ringfence.e2e.Stack.fresh(PORT_BASE);

    @BeforeAll
    void bringUp() {
        stack.up().succeeded();
        assertThat(stack.call("POST", "/namespaces", "/", "{\"name\":\"acme\"}").status())
                .isEqualTo(200);
        assertThat(stack.call("POST", "/v/1/namespaces", "/acme", "{\"name\":\"shop\"}").status())
                .isEqualTo(200);
    }

    @AfterAll
    void takeDown() {
        stack.down();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    malformed JSON                          | POST | /namespaces              | /acme      | {"name":                                                            | 400 |
                    a namespace nobody made                 | GET  | /networkrulesetpolicies  | /nowhere   |                                                                     | 404 |
                    a resource nobody knows                 | GET  | /nonsense                | /acme      |                                                                     | 404 |
                    an object nobody made                   | GET  | /externalnetworks/0123456789abcdef01234567 | /acme |                                                         | 404 |
                    a parameter nobody knows                | GET  | /externalnetworks?colour=red | /acme  |                                                                     | 400 |
                    a port beyond the last                  | POST | /networkrulesetpolicies  | /acme/shop | {"name":"a","subject":[["app=a"]],"incomingRules":[{"action":"Allow","object":[["app=b"]],"protocolPorts":["tcp/65536"]}]} | 422 | incomingRules
                    a range that runs backwards             | POST | /networkrulesetpolicies  | /acme/shop | {"name":"a","subject":[["app=a"]],"outgoingRules":[{"action":"Allow","object":[["app=b"]],"protocolPorts":["tcp/90:80"]}]} | 422 | outgoingRules
                    a subject that is no tag                | POST | /networkrulesetpolicies  | /acme/shop | {"name":"a","subject":[["app"]]}                                    | 422 | subject
                    an exclusion outside what it cuts from  | POST | /externalnetworks        | /acme/shop | {"name":"a","entries":["10.0.0.0/8","!192.168.0.0/16"]}             | 422 | entries
                    a ruleset without a name                | POST | /networkrulesetpolicies  | /acme/shop | {"subject":[["app=a"]]}                                             | 422 | name
                    an import that would make a namespace   | POST | /import                  | /acme/shop | {"data":{"APIVersion":1,"label":"l","data":{"namespaces":[{"name":"x"}]}}} | 422 |
                    a selector without its namespace        | GET  | /metricsquery?query=flows | /acme     |                                                                     | 422 |
                    """)
    void badInputIsNamedInTheErrorArray(
            String what,
            String method,
            String path,
            String namespace,
            String body,
            int status,
            String attribute) {
        io.ringfence.e2e.Stack.Answer answer =
                stack.call(method, path, namespace, body == null ? "" : body);
        assertErrors(answer, status);
        if (attribute != null) {
            assertThat(answer.body().get(0).at("/data/attribute").asText()).contains(attribute);
        }
    }

    @Test
    void nobodyComesInWithoutAToken() {
        assertErrors(stack.send("GET", "/namespaces", "/", null, ""), 401);
        assertErrors(stack.send("GET", "/namespaces", "/", "Bearer nonsense", ""), 401);
    }

    @Test
    void anExpiredTokenIsRefused() {
        String token =
                stack.ringfence("auth", "token", "--validity", "1s").succeeded().output().strip();
        assertThat(stack.send("GET", "/namespaces", "/", "Bearer " + token, "").status())
                .isEqualTo(200);
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() ->
                        assertErrors(
                                stack.send("GET", "/namespaces", "/", "Bearer " + token, ""), 401));
    }

    @Test
    void aTokenReachesNoFurtherThanItsNamespace() {
        String token =
                stack.ringfence("auth", "token", "--restrict-namespace", "/acme/shop")
                        .succeeded()
                        .output()
                        .strip();
        assertThat(
                        stack.send("GET", "/externalnetworks", "/acme/shop", "Bearer " + token, "")
                                .status())
                .isEqualTo(200);
        assertErrors(stack.send("GET", "/externalnetworks", "/acme", "Bearer " + token, ""), 403);
    }

    private static void assertErrors(io.ringfence.e2e.Stack.Answer answer, int status) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.body().isArray()).as(answer.body().toString()).isTrue();
        JsonNode error = answer.body().get(0);
        assertThat(error.path("code").asInt()).isEqualTo(status);
        assertThat(error.path("title").asText()).isNotBlank();
        assertThat(error.path("description").asText()).isNotBlank();
        assertThat(error.path("subject").asText()).isNotBlank();
        assertThat(error.path("trace").asText()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"flow.observed.v1", "ruleset.changed.v1", "namespace.changed.v1"})
    void aRecordNobodyCanReadIsPutAsideWithItsReason(String topic) {
        byte[] garbage = ("garbage " + topic).getBytes(StandardCharsets.UTF_8);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(
                    new ProducerRecord<>(
                            topic, 0, "somebody".getBytes(StandardCharsets.UTF_8), garbage));
        }
        List<ConsumerRecord<byte[], byte[]>> deadLetters = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        kafka(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic + ".dlq").stream()
                            .map(partition ->
                                    new TopicPartition(partition.topic(), partition.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> {
                        consumer.poll(Duration.ofMillis(500)).forEach(deadLetters::add);
                        assertThat(deadLetters)
                                .anySatisfy(letter -> {
                                    assertThat(letter.value()).isEqualTo(garbage);
                                    assertThat(
                                                    letter.headers()
                                                            .lastHeader("ringfence-reason")
                                                            .value())
                                            .isNotEmpty();
                                });
                    });
        }
        assertThat(
                        stack.call(
                                        "POST",
                                        "/externalnetworks",
                                        "/acme",
                                        "{\"name\":\"after-"
                                                + topic
                                                + "\",\"entries\":[\"192.0.2.0/24\"]}")
                                .status())
                .isEqualTo(200);
        assertThat(stack.status().path("ready").asBoolean()).isTrue();
    }

    /// As the launcher, which owns the installation's Kafka.
    private Properties kafka() {
        Path pki = stack.dataDir().resolve("pki");
        Properties properties = new Properties();
        properties.put("bootstrap.servers", "127.0.0.1:" + (PORT_BASE + 92));
        properties.put("security.protocol", "SSL");
        properties.put("ssl.keystore.type", "PEM");
        properties.put("ssl.keystore.location", pki.resolve("launcher.keystore.pem").toString());
        properties.put("ssl.truststore.type", "PEM");
        properties.put("ssl.truststore.location", pki.resolve("ca.pem").toString());
        return properties;
    }

    @Test
    void aSecondUpOnTheSameFolderSaysSo() {
        CommandLine.Result second = stack.up();
        assertThat(second.exitCode()).isNotZero();
        assertThat(second.error()).contains("already up");
    }

    @Test
    void anotherStackRunsBesideThisOneAndATakenPortIsNamed() throws Exception {
        io.ringfence.e2e.Stack other = io.ringfence.e2e.Stack.fresh(OTHER_PORT_BASE);
        try (ServerSocket taken = new ServerSocket(OTHER_PORT_BASE + 443)) {
            CommandLine.Result refused = other.up();
            assertThat(refused.exitCode()).isNotZero();
            assertThat(refused.error())
                    .contains(Integer.toString(taken.getLocalPort()))
                    .contains("--port-base");
        }
        try {
            other.up().succeeded();
            assertThat(other.json("api", "list", "namespaces", "-o", "json")).isEmpty();
            assertThat(stack.json("api", "list", "namespaces", "-o", "json")).isNotEmpty();
            assertThat(stack.status().path("ready").asBoolean()).isTrue();
            for (JsonNode process : other.status().path("processes")) {
                assertThat(process.path("residentMemory").asLong())
                        .as(process.path("name").asText())
                        .isPositive();
            }
            assertThat(other.ringfence("logs", "gateway").succeeded().output()).isNotBlank();
        } finally {
            List<Long> processes = new ArrayList<>();
            other.status()
                    .path("processes")
                    .forEach(process -> processes.add(process.path("pid").asLong()));
            other.down().succeeded();
            assertThat(processes)
                    .hasSizeGreaterThanOrEqualTo(8)
                    .noneMatch(io.ringfence.e2e.Stack::runs);
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws Exception {
        Path file = Files.createTempFile("ringfence-e2e-", ".file");
        CommandLine.Result refused =
                CommandLine.ringfence(
                        List.of(
                                "up",
                                "--data-dir",
                                file.resolve("below").toString(),
                                "--port-base",
                                "24000"));
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.error()).contains("cannot be written").contains("--data-dir");
    }

    @Test
    void secretsAreReadableByTheirOwnerOnly() throws Exception {
        try (Stream<Path> files = Files.walk(stack.dataDir())) {
            List<Path> secrets =
                    files.filter(Files::isRegularFile)
                            .filter(file ->
                                    file.toString()
                                            .matches(
                                                    ".*(key|keystore|credentials/|token-signing|postgres\\.properties).*"))
                            .filter(file ->
                                    !file.toString()
                                            .matches(".*/(postgres|kafka|victoria-metrics)/.*"))
                            .toList();
            assertThat(secrets).isNotEmpty();
            for (Path secret : secrets) {
                if (!secret.getFileName().toString().equals("jwks.json")) {
                    assertThat(Files.getPosixFilePermissions(secret))
                            .as(secret.toString())
                            .hasSize(2);
                }
            }
        }
    }
}
