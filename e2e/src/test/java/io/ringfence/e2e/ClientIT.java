package io.ringfence.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.msgpack.jackson.dataformat.MessagePackMapper;

/// What a client of the 5.0 API does, in its own habits (`reference/api.md` §0), against a whole
/// console: nothing in here knows that the console is another one.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientIT {
    private static final int PORT_BASE = 25000;
    private static final String ROOT = "http://127.0.0.1:" + (PORT_BASE + 80);
    private static final ObjectMapper MESSAGE_PACK = new MessagePackMapper();
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private final Stack stack = Stack.fresh(PORT_BASE);
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    void bringUp() {
        stack.up().succeeded();
        ok(stack.call("POST", "/v/1/namespaces", "/", "{\"name\":\"acme\"}"));
    }

    @AfterAll
    void takeDown() {
        stack.down();
    }

    /// The stock client sends every attribute there is, most of them zero, in MessagePack, with a
    /// key that makes a repetition harmless.
    @Test
    void createsInMessagePackWithEveryAttributeAndRepeatsItself() throws Exception {
        ObjectNode everything = MESSAGE_PACK.createObjectNode();
        everything.put("ID", "").put("namespace", "").put("name", "everything");
        everything.putNull("createTime").putNull("updateTime");
        everything.putArray("normalizedTags");
        everything.putObject("annotations");
        everything.putNull("associatedTags").putNull("metadata").put("description", "");
        everything.put("protected", false).put("propagate", false).put("archived", false);
        everything.put("createIdempotencyKey", "").put("updateIdempotencyKey", "");
        everything.put("type", "Subnet").putArray("servicePorts");
        everything.putArray("entries").add("192.0.2.0/24").add("!192.0.2.128/25");
        String key = UUID.randomUUID().toString();

        JsonNode first = messagePack("POST", "/v/1/externalnetworks", key, everything);
        JsonNode again = messagePack("POST", "/v/1/externalnetworks", key, everything);

        assertThat(first.path("ID").asText()).matches("[0-9a-f]{24}");
        assertThat(again).isEqualTo(first);
        assertThat(
                        stack.call(
                                        "GET",
                                        "/v/1/externalnetworks?q=" + encoded("name == everything"),
                                        "/acme",
                                        "")
                                .body())
                .hasSize(1);
    }

    private JsonNode messagePack(String method, String path, String key, JsonNode body)
            throws Exception {
        HttpResponse<byte[]> answer =
                http.send(
                        HttpRequest.newBuilder(URI.create(ROOT + path))
                                .header("Authorization", "Bearer " + stack.token())
                                .header("X-Namespace", "/acme")
                                .header("Content-Type", "application/msgpack")
                                .header("Accept", "application/msgpack")
                                .header("Accept-Encoding", "gzip")
                                .header("Idempotency-Key", key)
                                .header("X-Write-Consistency", "strong")
                                .method(
                                        method,
                                        HttpRequest.BodyPublishers.ofByteArray(
                                                MESSAGE_PACK.writeValueAsBytes(body)))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/msgpack");
        JsonNode read = MESSAGE_PACK.readTree(answer.body());
        assertThat(answer.statusCode()).as(read.toString()).isEqualTo(200);
        return read;
    }

    @Test
    void pagesFiltersAndCounts() {
        for (int i = 0; i < 12; i++) {
            ok(
                    stack.call(
                            "POST",
                            "/v/1/externalnetworks",
                            "/acme",
                            "{\"name\":\"page-%02d\",\"entries\":[\"198.51.100.%d/32\"],\"associatedTags\":[\"x=y\"]}"
                                    .formatted(i, i)));
        }
        String query =
                "?q="
                        + encoded("name matches [\"^page-\"] and associatedTags contains [\"x=y\"]")
                        + "&order=-name&limit=5";
        Stack.Answer first = stack.call("GET", "/v/1/externalnetworks" + query, "/acme", "");
        assertThat(names(ok(first)))
                .containsExactly("page-11", "page-10", "page-09", "page-08", "page-07");
        String next = first.response().headers().firstValue("X-Next").orElseThrow();
        Stack.Answer second =
                stack.call("GET", "/v/1/externalnetworks" + query + "&after=" + next, "/acme", "");
        assertThat(names(ok(second)))
                .containsExactly("page-06", "page-05", "page-04", "page-03", "page-02");
        Stack.Answer count =
                stack.call(
                        "HEAD",
                        "/externalnetworks?q=" + encoded("name matches [\"^page-\"]"),
                        "/acme",
                        "");
        assertThat(count.status()).isEqualTo(204);
        assertThat(count.response().headers().firstValue("X-Count-Total")).contains("12");
    }

    @Test
    void hearsOfEveryChangeAlsoOfThoseWhileItWasAway() {
        String position;
        try (Events events = Events.open(ROOT, "/acme", stack.token(), "")) {
            JsonNode created = network("heard");
            JsonNode event = events.awaitEntity(created.path("ID").asText(), "create");
            assertThat(event.path("identity").asText()).isEqualTo("externalnetwork");
            assertThat(event.path("encoding").asText()).isEqualTo("application/json");
            assertThat(event.path("timestamp").asText()).isNotBlank();
            assertThat(event.path("entity").path("name").asText()).isEqualTo("heard");
            position = event.path("position").asText();
        }
        String missed = network("missed").path("ID").asText();
        ok(stack.call("DELETE", "/externalnetworks/" + missed, "/acme", ""));
        try (Events events = Events.open(ROOT, "/acme", stack.token(), position)) {
            events.awaitEntity(missed, "create");
            events.awaitEntity(missed, "delete");
            assertThat(events.heard()).noneMatch(event -> named(event, "heard"));
        }
    }

    private static boolean named(JsonNode event, String name) {
        return event.path("entity").path("name").asText().equals(name);
    }

    private JsonNode network(String name) {
        return ok(
                stack.call(
                        "POST",
                        "/v/1/externalnetworks",
                        "/acme",
                        "{\"name\":\"%s\",\"entries\":[\"203.0.113.0/24\"]}".formatted(name)));
    }

    @Test
    void loginByCredentialEndsWithinASecondOfItsBeingDisabled() throws Exception {
        JsonNode credential =
                ok(
                        stack.call(
                                "POST",
                                "/v/1/appcredentials",
                                "/acme",
                                "{\"name\":\"watcher\",\"roles\":[\"@auth:role=namespace.viewer\"]}"));
        Path file = Files.createTempFile("ringfence-e2e-", ".json");
        Files.writeString(file, credential.path("credentials").toString());
        String token =
                stack.ringfence(
                                "auth",
                                "token",
                                "--creds",
                                file.toString(),
                                "-A",
                                "https://127.0.0.1:" + (PORT_BASE + 443))
                        .succeeded()
                        .output()
                        .strip();
        assertThat(list(token).status()).isEqualTo(200);
        assertThat(
                        stack.send(
                                        "POST",
                                        "/namespaces",
                                        "/acme",
                                        "Bearer " + token,
                                        "{\"name\":\"x\"}")
                                .status())
                .isEqualTo(403);

        ok(
                stack.call(
                        "PATCH",
                        "/v/1/appcredentials/" + credential.path("ID").asText(),
                        "/acme",
                        "{\"disabled\":true}"));
        await().atMost(AT_ONCE)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(list(token).status()).isEqualTo(401));
        Files.delete(file);
    }

    private Stack.Answer list(String token) {
        return stack.send("GET", "/v/1/externalnetworks", "/acme", "Bearer " + token, "");
    }

    @Test
    void tokenEndsWithItsLogoutAlsoForAGatewayThatStartsLater() {
        String token = stack.ringfence("auth", "token").succeeded().output().strip();
        String child =
                ok(stack.send(
                                "POST",
                                "/v/1/issue",
                                null,
                                null,
                                "{\"realm\":\"AporetoIdentityToken\",\"metadata\":{\"token\":\"%s\"}}"
                                        .formatted(token)))
                        .path("token")
                        .asText();
        assertThat(list(token).status()).isEqualTo(200);
        assertThat(list(child).status()).isEqualTo(200);

        assertThat(stack.send("GET", "/v/1/logout", null, "Bearer " + token, "").status())
                .isEqualTo(204);

        await().atMost(AT_ONCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> list(token).status() == 401);
        kill("gateway");
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> list(stack.token()).status() == 200);
        assertThat(list(token).status()).isEqualTo(401);
        assertThat(list(child).status()).isEqualTo(401);
    }

    @Test
    void loginByAccountIsWhatAnAuthorizationMakesOfIt() {
        ok(
                stack.call(
                        "POST",
                        "/v/1/accounts",
                        "/",
                        "{\"name\":\"ada\",\"password\":\"a rather long passphrase\",\"email\":\"ada@example.com\"}"));
        Stack.Answer wrong =
                stack.send(
                        "POST",
                        "/v/1/issue",
                        null,
                        null,
                        "{\"realm\":\"Vince\",\"metadata\":{\"vinceAccount\":\"ada\",\"vincePassword\":\"not this one at all\"}}");
        assertThat(wrong.status()).as(wrong.body().toString()).isEqualTo(401);
        String token =
                ok(stack.send(
                                "POST",
                                "/v/1/issue",
                                null,
                                null,
                                "{\"realm\":\"Vince\",\"metadata\":{\"vinceAccount\":\"ada\",\"vincePassword\":\"a rather long passphrase\"}}"))
                        .path("token")
                        .asText();
        assertThat(list(token).status()).isEqualTo(403);
        Stack.Answer authorized =
                stack.call(
                        "POST",
                        "/v/1/apiauthorizationpolicies",
                        "/acme",
                        "{\"name\":\"ada\",\"subject\":[[\"@auth:realm=vince\",\"@auth:account=ada\"]],"
                                + "\"authorizedIdentities\":[\"@auth:role=namespace.editor\"],\"authorizedNamespace\":\"/acme\"}");
        ok(authorized);
        assertThat(authorized.response().headers().allValues("X-Messages"))
                .anyMatch(message -> message.contains("namespace.administrator"));
        await().atMost(AT_ONCE)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(list(token).status()).isEqualTo(200));
        JsonNode checked =
                ok(
                        stack.send(
                                "POST",
                                "/v/1/apichecks",
                                "/acme",
                                "Bearer " + token,
                                "{\"namespace\":\"/acme\",\"operation\":\"Create\",\"targetIdentities\":[\"externalnetwork\",\"namespace\"]}"));
        assertThat(checked.at("/authorized/externalnetwork").asBoolean()).isTrue();
    }

    @Test
    void findsTheWholeApiDescribed() {
        JsonNode document = ok(stack.send("GET", "/openapi", null, null, ""));
        assertThat(document.path("openapi").asText()).startsWith("3.1");
        assertThat(document.path("paths").properties())
                .extracting(java.util.Map.Entry::getKey)
                .contains(
                        "/issue",
                        "/namespaces",
                        "/namespaces/{id}",
                        "/networkrulesetpolicies",
                        "/reportsqueries",
                        "/events",
                        "/healthchecks");
    }

    @Test
    void seesADeadDatabaseAndItsReturn() {
        seesDeadAndBack("postgres");
        network("after the database came back");
    }

    @Test
    void seesDeadVictoriaMetricsAndItsReturn() {
        seesDeadAndBack("victoria-metrics");
    }

    private void seesDeadAndBack(String process) {
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> health() == 200);
        // The launcher starts it again within a fraction of a second at first, later within five:
        // nobody might notice one death, so it dies until somebody did.
        await().atMost(Duration.ofSeconds(30))
                .until(() -> {
                    kill(process);
                    return health() == 218;
                });
        await().atMost(Duration.ofSeconds(60)).until(() -> health() == 200);
    }

    private void kill(String process) {
        ProcessHandle.of(stack.pidOf(process)).ifPresent(ProcessHandle::destroyForcibly);
    }

    private int health() {
        return stack.send("GET", "/healthchecks?quiet=true", null, null, "").status();
    }

    private static JsonNode ok(Stack.Answer answer) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body();
    }

    private static List<String> names(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(each -> each.path("name").asText())
                .toList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
