package io.ringfence.identity.instances;

import static io.ringfence.identity.Console.administratorCertificate;
import static io.ringfence.identity.Console.json;
import static io.ringfence.identity.Console.ok;
import static io.ringfence.identity.Console.refused;
import static io.ringfence.identity.Console.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import io.ringfence.contracts.identity.Header;
import io.ringfence.contracts.resource.ObjectState;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.kafka.TestKafka;
import io.ringfence.testkit.kafka.TopicReader;
import io.ringfence.testkit.service.AssertedClient;
import io.ringfence.testkit.service.ServiceInstance;
import io.ringfence.trust.assertion.AssertedCaller;
import io.ringfence.trust.token.JwksDocument;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Two real processes of the service beside each other, which started at the same moment on an
/// empty database.
class InstancesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String KEYS = "/tokensigningkeys";
    private static final String HOLDERS_OF_LOCKS =
            """
            select a.application_name from pg_locks l join pg_stat_activity a using (pid)
            where l.locktype = 'advisory' and l.granted and a.application_name in ('one', 'two')
            """;
    private static final TestInstallation INSTALLATION = TestInstallation.get();
    private static final TestKafka KAFKA = TestKafka.of(INSTALLATION);
    private static final ServiceInstance ONE =
            new ServiceInstance(Principal.IDENTITY_SERVICE, "one", Principal.IDENTITY_SERVICE);
    private static final ServiceInstance TWO =
            new ServiceInstance(Principal.IDENTITY_SERVICE, "two", Principal.METRICS_SERVICE);

    @BeforeAll
    static void startBoth() {
        CompletableFuture<Void> two = CompletableFuture.runAsync(TWO::start);
        ONE.start();
        two.join();
    }

    @AfterAll
    static void stopBoth() throws InterruptedException {
        ONE.stop();
        TWO.stop();
    }

    @Test
    void oneKeyMakesOneObjectWhereverItIsSent() {
        tenant("keyed");
        List<HttpResponse<String>> answers =
                IntStream.range(0, 20)
                        .mapToObj(i -> send(turn(i), "/keyed", "the-key", "child"))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .toList();

        assertThat(answers).allSatisfy(answer -> ok(answer));
        assertThat(answers.stream().map(HttpResponse::body).distinct()).hasSize(1);
        assertThat(children(TWO, "/keyed")).containsExactly("/keyed/child");
        for (ServiceInstance each : List.of(ONE, TWO)) {
            refused(send(each, "/keyed", "the-key", "another").join(), 422, "");
        }
    }

    @Test
    void eachChangeIsAnnouncedOnce() {
        tenant("once");
        try (TopicReader audit = KAFKA.readFromBeginning(Topic.AUDIT_RECORDED.topicName());
                TopicReader states = KAFKA.readFromBeginning(Topic.NAMESPACE_CHANGED.topicName())) {
            for (int i = 0; i < 40; i++) {
                ok(send(turn(i), "/once", "key-" + i, "child" + i).join());
            }
            // A tenant's records keep their order, so nothing of the others comes after this one's.
            ok(send(ONE, "/once", "the-last-key", "last").join());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(states(states, "/once")).containsKey("last"));

            assertThat(states(states, "/once")).hasSize(41).allSatisfy((_, n) -> once(n));
            assertThat(audit.readToEnd().stream().filter(record -> "/once".equals(record.key())))
                    .hasSize(41);
        }
    }

    private static void once(int times) {
        assertThat(times).isEqualTo(1);
    }

    /// Of thirty creates that are under way when their instance is killed, each that is sent again
    /// happens once, and whoever had an answer gets it again: from the other instance, and from the
    /// one that comes back.
    @Test
    void aKillLosesNothingAndDoublesNothing() throws Exception {
        tenant("killed");
        ServiceInstance killed = publisher();
        ServiceInstance other = killed == ONE ? TWO : ONE;
        try (TopicReader states = KAFKA.readFromBeginning(Topic.NAMESPACE_CHANGED.topicName())) {
            List<CompletableFuture<HttpResponse<String>>> underWay =
                    IntStream.range(0, 30)
                            .mapToObj(i -> send(killed, "/killed", "key-" + i, "child" + i))
                            .toList();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> underWay.stream().filter(CompletableFuture::isDone).count() >= 5);
            killed.kill();
            List<Optional<HttpResponse<String>>> first =
                    underWay.stream().map(InstancesIT::answered).toList();
            assertThat(first.stream().filter(Optional::isEmpty)).as("interrupted").isNotEmpty();

            List<HttpResponse<String>> second = again(other, 30);
            assertThat(second).allSatisfy(answer -> ok(answer));
            for (int i = 0; i < 30; i++) {
                String body = second.get(i).body();
                first.get(i).ifPresent(answer -> assertThat(answer.body()).isEqualTo(body));
            }
            assertThat(children(other, "/killed")).hasSize(30).doesNotHaveDuplicates();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(states(states, "/killed")).hasSize(30));
            assertThat(publisher()).isSameAs(other);

            killed.start();
            assertThat(again(killed, 30).stream().map(HttpResponse::body))
                    .containsExactlyElementsOf(second.stream().map(HttpResponse::body).toList());
            assertThat(children(killed, "/killed")).hasSize(30);
        }
    }

    private static List<HttpResponse<String>> again(ServiceInstance instance, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> send(instance, "/killed", "key-" + i, "child" + i).join())
                .toList();
    }

    private static Optional<HttpResponse<String>> answered(
            CompletableFuture<HttpResponse<String>> answer) {
        try {
            return Optional.of(answer.join());
        } catch (CompletionException killed) {
            return Optional.empty();
        }
    }

    /// Both see that a new key is due, and one of them makes it; both sign with it when its time
    /// comes, and neither believes it any more once it is withdrawn at one of them.
    @Test
    void bothTurnToTheSameKey() throws Exception {
        String before = issue(ONE);
        int count = keys(ONE).size();
        Database.update(
                "update object set body = body || jsonb_build_object('signsFrom', ?) where identity = 'tokensigningkey'",
                Instant.now().minus(Duration.ofDays(31)).toString());
        await().atMost(PATIENCE).until(() -> keys(TWO).size() > count);
        // Longer than it takes an instance to look again.
        await().during(Duration.ofSeconds(3))
                .atMost(PATIENCE)
                .until(() -> keys(TWO).size() == count + 1);
        JsonNode made = newest();
        String keyId = made.path("keyID").asText();
        for (ServiceInstance each : List.of(ONE, TWO)) {
            await().atMost(PATIENCE).until(() -> published(each).key(keyId).isPresent());
            assertThat(keyIdOf(issue(each))).isEqualTo(keyIdOf(before));
        }

        Database.update(
                "update object set body = body || jsonb_build_object('signsFrom', ?) where body ->> 'keyID' = '%s'"
                        .formatted(keyId),
                Instant.now().toString());
        for (ServiceInstance each : List.of(ONE, TWO)) {
            await().atMost(PATIENCE).until(() -> keyIdOf(issue(each)).equals(keyId));
            ok(authn(each, before));
        }
        String after = issue(ONE);
        ok(authn(TWO, after));

        ok(ONE.administrator().delete(KEYS + "/" + made.path("ID").asText()));
        for (ServiceInstance each : List.of(ONE, TWO)) {
            await().atMost(PATIENCE).until(() -> authn(each, after).statusCode() == 401);
            await().atMost(PATIENCE).until(() -> !keyIdOf(issue(each)).equals(keyId));
            ok(authn(each, before));
        }
    }

    /// What is wrong at one of them counts at the other.
    @Test
    void bothCountTheWrongPasswordsOfOneAddress() throws SQLException {
        for (int i = 0; i < 4; i++) {
            refused(logIn(turn(i)), 401, "");
        }
        Database.update("update login_place set even_at = even_at + cast(? as interval)", "1 hour");

        for (ServiceInstance each : List.of(ONE, TWO)) {
            assertThat(refused(logIn(each), 429, "")).contains("from this address");
        }
    }

    private static HttpResponse<String> logIn(ServiceInstance instance) {
        AssertedClient anybody = instance.administrator().as(AssertedCaller.ANONYMOUS);
        HttpRequest request =
                anybody.request(
                                "POST",
                                "/issue",
                                "{\"realm\":\"Vince\",\"metadata\":{\"vinceAccount\":\"nobody\",\"vincePassword\":\"a guess\"}}")
                        .header(Header.REMOTE_ADDRESS, "192.0.2.1")
                        .build();
        return anybody.send(request, BodyHandlers.ofString());
    }

    private static ServiceInstance turn(int number) {
        return number % 2 == 0 ? ONE : TWO;
    }

    private static void tenant(String name) {
        ok(ONE.administrator().post("/namespaces", "{\"name\":\"%s\"}".formatted(name)));
    }

    private static CompletableFuture<HttpResponse<String>> send(
            ServiceInstance instance, String namespace, String key, String name) {
        HttpRequest request =
                instance.administrator()
                        .in(namespace)
                        .request("POST", "/namespaces", "{\"name\":\"%s\"}".formatted(name))
                        .header("Idempotency-Key", key)
                        .build();
        return instance.administrator().http().sendAsync(request, BodyHandlers.ofString());
    }

    private static List<String> children(ServiceInstance instance, String namespace) {
        return ok(instance.administrator().in(namespace).get("/namespaces"))
                .valueStream()
                .map(each -> each.path("name").asText())
                .toList();
    }

    /// How often each child was announced, by the last part of its name.
    private static Map<String, Integer> states(TopicReader topic, String namespace) {
        Map<String, Integer> times = new TreeMap<>();
        topic.readToEnd().stream()
                .flatMap(record -> child(namespace, record.value()))
                .forEach(name -> times.merge(name, 1, Integer::sum));
        return times;
    }

    private static Stream<String> child(String namespace, byte @Nullable [] value) {
        if (value == null) {
            return Stream.empty();
        }
        try {
            ObjectState state = ObjectState.parseFrom(value);
            return state.getNamespace().equals(namespace)
                    ? Stream.of(
                            BodyFormat.JSON
                                    .readObject(state.getJson().toByteArray())
                                    .path("name")
                                    .asText()
                                    .substring(namespace.length() + 1))
                    : Stream.empty();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /// The instance that announces; whoever does holds the lock.
    private static ServiceInstance publisher() {
        String name =
                await().atMost(PATIENCE)
                        .until(() -> Database.texts(HOLDERS_OF_LOCKS), names -> names.size() == 1)
                        .getFirst();
        return name.equals(ONE.name()) ? ONE : TWO;
    }

    private static String issue(ServiceInstance instance) {
        return token(
                instance.administrator()
                        .as(AssertedCaller.ANONYMOUS)
                        .withClientCertificate(administratorCertificate())
                        .post("/issue", "{\"realm\":\"Certificate\"}"));
    }

    private static HttpResponse<String> authn(ServiceInstance instance, String token) {
        return instance.administrator().post("/authn", "{\"token\":\"%s\"}".formatted(token));
    }

    private static JsonNode keys(ServiceInstance instance) {
        return ok(instance.administrator().get(KEYS));
    }

    private static JsonNode newest() {
        return keys(ONE)
                .valueStream()
                .max((a, b) -> signsFrom(a).compareTo(signsFrom(b)))
                .orElseThrow();
    }

    private static Instant signsFrom(JsonNode key) {
        return Instant.parse(key.path("signsFrom").asText());
    }

    private static JwksDocument published(ServiceInstance instance) {
        return JwksDocument.parse(
                json(instance.administrator().get("/.well-known/jwks.json")).toString());
    }

    private static String keyIdOf(String token) {
        byte[] header = Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')));
        return BodyFormat.JSON.readObject(header).path("kid").asText();
    }
}
