package io.ringfence.policy.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import io.ringfence.contracts.resource.ObjectState;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.testkit.installation.ServiceProcess;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.kafka.TestKafka;
import io.ringfence.testkit.kafka.TopicReader;
import io.ringfence.testkit.service.AssertedClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Documents of 2,000 objects, with the real process between a real PostgreSQL and a real Kafka.
class ImportProcessIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OBJECTS = 2_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final TestInstallation installation = TestInstallation.get();
    private final AssertedClient console =
            AssertedClient.of(installation, Principal.POLICY_SERVICE);
    private @Nullable ServiceProcess process;

    @AfterEach
    void stop() throws InterruptedException {
        if (process != null) {
            process.close();
        }
    }

    private ServiceProcess process() {
        return Objects.requireNonNull(process);
    }

    /// Half networks, half rulesets.
    private static String document(int third) {
        String networks =
                IntStream.range(0, OBJECTS / 2)
                        .mapToObj(i ->
                                "{\"name\":\"net%d\",\"entries\":[\"10.%d.%d.0/24\"],\"associatedTags\":[\"net=%d\"]}"
                                        .formatted(i, third, i % 250, i))
                        .collect(Collectors.joining(","));
        String rulesets =
                IntStream.range(0, OBJECTS / 2)
                        .mapToObj(i ->
                                "{\"name\":\"rules%d\",\"description\":\"%d\",\"subject\":[[\"app=a%d\"]],\"outgoingRules\":[{\"action\":\"Allow\",\"object\":[[\"net=%d\"]],\"protocolPorts\":[\"tcp/443\"]}]}"
                                        .formatted(i, third, i, i))
                        .collect(Collectors.joining(","));
        return "{\"APIVersion\":1,\"label\":\"big\",\"data\":{\"externalnetworks\":[%s],\"networkrulesetpolicies\":[%s]}}"
                .formatted(networks, rulesets);
    }

    private static HttpRequest request(AssertedClient client, String document) {
        return client.request("POST", "/import", document).timeout(PATIENCE).build();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    private JsonNode imported(AssertedClient client, String document, String what) {
        Duration cpu = process().cpu();
        Instant start = Instant.now();
        JsonNode answer = json(client.send(request(client, document), BodyHandlers.ofString()));
        System.out.printf(
                "%s of %d objects: %.2f CPU-s, %.2f s%n",
                what,
                OBJECTS,
                process().cpu().minus(cpu).toMillis() / 1000.0,
                Duration.between(start, Instant.now()).toMillis() / 1000.0);
        return answer;
    }

    private static Stream<JsonNode> objects(AssertedClient client) {
        return Stream.of("/externalnetworks", "/networkrulesetpolicies")
                .flatMap(path -> json(client.get(path)).valueStream());
    }

    private static long announced(TopicReader audit, AssertedClient client) {
        return audit.readToEnd().stream()
                .filter(each -> client.namespace().equals(each.key()))
                .count();
    }

    /// @param state nothing: the object is gone, and was another test's
    private static boolean isOf(AssertedClient client, byte @Nullable [] state) {
        try {
            return state != null
                    && ObjectState.parseFrom(state).getNamespace().equals(client.namespace());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theSecondTimeChangesAndAnnouncesNothing() throws Exception {
        process = ServiceProcess.start(Principal.POLICY_SERVICE);
        AssertedClient client = console.in("/twice");
        try (TopicReader audit =
                        TestKafka.of(installation)
                                .readFromBeginning(Topic.AUDIT_RECORDED.topicName());
                TopicReader networks =
                        TestKafka.of(installation)
                                .readFromBeginning(Topic.EXTERNAL_NETWORK_CHANGED.topicName())) {
            assertThat(imported(client, document(1), "first import").path("created").asInt())
                    .isEqualTo(OBJECTS);
            String before = objects(client).map(JsonNode::toString).collect(Collectors.joining());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(announced(audit, client)).isEqualTo(OBJECTS));

            assertThat(imported(client, document(1), "second import").path("unchanged").asInt())
                    .isEqualTo(OBJECTS);

            assertThat(objects(client).map(JsonNode::toString).collect(Collectors.joining()))
                    .isEqualTo(before);
            // What comes after it in the topic is the next announcement there is.
            json(client.post("/externalnetworks", "{\"name\":\"last\",\"entries\":[\"1.1.1.1\"]}"));
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(announced(audit, client)).isGreaterThan(OBJECTS));
            assertThat(announced(audit, client)).isEqualTo(OBJECTS + 1);
            assertThat(
                            networks.readToEnd().stream()
                                    .filter(each -> isOf(client, each.value()))
                                    .count())
                    .isEqualTo(OBJECTS / 2 + 1);
        }
    }

    /// At several moments of a first import, and of one that changes everything.
    @Test
    void whatIsKilledOnItsWayIsThereAsAWholeOrNotAtAll() throws Exception {
        process = ServiceProcess.start(Principal.POLICY_SERVICE);
        Instant start = Instant.now();
        imported(console.in("/measured"), document(1), "import");
        Duration whole = Duration.between(start, Instant.now());
        int interrupted = 0;
        for (int percent : new int[] {15, 50, 85}) {
            AssertedClient client = console.in("/killed" + percent);
            interrupted += killedAfter(whole.multipliedBy(percent).dividedBy(100), client, 2);
            assertThat(objects(client).count()).as("after %d %%", percent).isIn(0L, 2_000L);
        }
        AssertedClient changed = console.in("/measured");
        interrupted += killedAfter(whole.dividedBy(2), changed, 3);
        assertThat(
                        objects(changed)
                                .filter(each ->
                                        each.path("description").asText().equals("3")
                                                || each.path("entries")
                                                        .path(0)
                                                        .asText()
                                                        .startsWith("10.3."))
                                .count())
                .isIn(0L, 2_000L);
        assertThat(interrupted).as("imports that were under way").isPositive();
        // And what was interrupted goes in again.
        assertThat(imported(changed, document(4), "an update").path("updated").asInt())
                .isEqualTo(OBJECTS);
    }

    /// One if the import was interrupted.
    private int killedAfter(Duration moment, AssertedClient client, int third) throws Exception {
        CompletableFuture<HttpResponse<String>> answer =
                client.http().sendAsync(request(client, document(third)), BodyHandlers.ofString());
        boolean isOver;
        try {
            answer.get(moment.toMillis(), TimeUnit.MILLISECONDS);
            isOver = true;
        } catch (TimeoutException underWay) {
            isOver = false;
        }
        process().kill();
        process = ServiceProcess.start(Principal.POLICY_SERVICE);
        return isOver ? 0 : 1;
    }
}
