package io.ringfence.gateway;

import static io.ringfence.gateway.TestDoor.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.ringfence.contracts.identity.Header;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.testkit.service.ConsoleServers;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@QuarkusTest
@TestProfile(GatewayProfile.class)
@QuarkusTestResource(ConsoleServers.class)
class OwnPagesIT {
    @RegisterExtension private static final TestDoor door = new TestDoor();

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void tellsItsHealthToEveryone() throws Exception {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> health().findValuesAsText("name").contains("kafka"));

        HttpResponse<String> answer = open("/healthchecks");
        HttpResponse<String> quiet = open("/healthchecks?quiet=true");

        assertThat(answer.statusCode()).isEqualTo(218);
        assertThat(JSON.readTree(answer.body()))
                .anySatisfy(check -> {
                    assertThat(check.path("type").asText()).isEqualTo("MessagingSystem");
                    assertThat(check.path("status").asText()).isEqualTo("Operational");
                    assertThat(check.path("responseTime").asText()).matches("\\d+(µs|ms)");
                })
                .anySatisfy(check -> {
                    assertThat(check.path("name").asText()).isEqualTo("metrics-service");
                    assertThat(check.path("status").asText()).isEqualTo("Offline");
                    assertThat(check.path("alerts").path(0).asText()).isNotEmpty();
                });
        assertThat(quiet.statusCode()).isEqualTo(218);
        assertThat(quiet.body()).isEmpty();
        assertError(open("/healthchecks?loud=true"), 400);
        assertError(open("/healthchecks?quiet=perhaps"), 400);
    }

    @Test
    void showsAPageThatNeedsNothingElse() {
        HttpResponse<String> answer = open("/");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'");
        assertThat(answer.body()).contains("/healthchecks").doesNotContain("http://", "https://");
    }

    @Test
    void tellsACallerWhatItMayDo() throws Exception {
        door.console.authorization(
                "carol", "/acme/shop", "carol", "externalnetwork,get", "processingunit,get,put");
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        door.send(door.as("carol", "/externalnetworks", "/acme/shop")).statusCode()
                                == 200);

        assertThat(check("carol", "/acme/shop", "RetrieveMany"))
                .isEqualTo(Map.of("externalnetwork", true, "processingunit", true));
        assertThat(check("carol", "/acme/shop", "Patch"))
                .isEqualTo(Map.of("externalnetwork", false, "processingunit", true));
        assertThat(check("carol", "/acme", "Info"))
                .isEqualTo(Map.of("externalnetwork", false, "processingunit", false));
        assertThat(check("carol", "/nowhere", "Create"))
                .isEqualTo(Map.of("externalnetwork", false, "processingunit", false));
    }

    @Test
    void answersChecksInMessagePackToo() throws Exception {
        byte[] body =
                BodyFormat.MESSAGE_PACK.write(
                        Map.of(
                                "namespace",
                                "/acme",
                                "operation",
                                "Delete",
                                "targetIdentities",
                                List.of("enforcer")));
        HttpResponse<byte[]> answer =
                HttpClient.newHttpClient()
                        .send(
                                door.get("/v/1/apichecks", "/acme")
                                        .header("Content-Type", "application/msgpack")
                                        .header("Accept", "application/msgpack")
                                        .POST(BodyPublishers.ofByteArray(body))
                                        .build(),
                                BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/msgpack");
        assertThat(
                        BodyFormat.MESSAGE_PACK
                                .readObject(answer.body())
                                .path("authorized")
                                .path("enforcer")
                                .asBoolean())
                .isTrue();
    }

    @Test
    void refusesChecksThatAreNone() {
        assertError(
                door.send(door.request("/apichecks", "/acme").POST(BodyPublishers.ofString("{}"))),
                401);
        assertError(door.send(door.get("/apichecks", "/acme")), 405);
        assertThat(
                        assertError(
                                post(
                                        "{\"namespace\":\"/acme\",\"operation\":\"Fly\",\"targetIdentities\":[\"a\"]}"),
                                422))
                .contains("operation");
        assertError(
                post(
                        "{\"namespace\":\"acme\",\"operation\":\"Info\",\"targetIdentities\":[\"a\"]}"),
                422);
        assertError(
                post("{\"namespace\":\"/acme\",\"operation\":\"Info\",\"targetIdentities\":[]}"),
                422);
        assertError(post("nonsense"), 400);
        assertError(post(" ".repeat(70_000)), 413);
    }

    @Test
    void listsWhereACallerMayDoSomething() throws Exception {
        door.console.namespace("/rival");
        door.console.authorization("dora", "/acme", "dora", "namespace,get");
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        !JSON.readTree(
                                        door.send(door.as("dora", "/accessiblenamespaces", "/"))
                                                .body())
                                .isEmpty());

        HttpResponse<String> all = door.send(door.as("dora", "/accessiblenamespaces", "/"));
        HttpResponse<String> first =
                door.send(door.as("dora", "/v/1/accessiblenamespaces?limit=1", "/"));
        HttpResponse<String> second =
                door.send(
                        door.as(
                                "dora",
                                "/accessiblenamespaces?limit=1&after="
                                        + first.headers().firstValue(Header.NEXT).orElseThrow(),
                                "/"));
        HttpResponse<String> count =
                door.send(
                        door.as("dora", "/accessiblenamespaces", "/")
                                .method("HEAD", BodyPublishers.noBody()));

        assertThat(names(all)).contains("/acme", "/acme/shop").doesNotContain("/", "/rival");
        assertThat(names(first)).containsExactly("/acme");
        assertThat(names(second)).hasSize(1).doesNotContain("/acme");
        assertThat(count.statusCode()).isEqualTo(204);
        assertThat(count.headers().firstValueAsLong(Header.COUNT_TOTAL).orElseThrow())
                .isEqualTo(names(all).size());
        assertError(door.send(door.as("dora", "/accessiblenamespaces?color=red", "/")), 400);
        assertError(door.send(door.request("/accessiblenamespaces", "/")), 401);
    }

    @Test
    void explainsErrorsInMessagePackToThoseWhoAcceptIt() throws Exception {
        HttpResponse<byte[]> answer =
                HttpClient.newHttpClient()
                        .send(
                                door.request("/externalnetworks", "/acme")
                                        .header("Accept", "application/msgpack")
                                        .build(),
                                BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/msgpack");
        assertThat(BodyFormat.MESSAGE_PACK.read(answer.body()).path(0).path("code").asInt())
                .isEqualTo(401);
    }

    /// `/accns` is another name in 5.0; `/pushsessions` never was a path of its API.
    @Test
    void answersToOtherSpellings() {
        assertThat(door.send(door.get("/v/1/accns", "/")).body())
                .isEqualTo(door.send(door.get("/accessiblenamespaces", "/")).body())
                .contains("/acme/shop");
        assertThat(assertError(door.send(door.get("/pushsessions", "/acme")), 410))
                .contains("/events");
    }

    private static Map<?, ?> check(String account, String namespace, String operation)
            throws IOException {
        HttpResponse<String> answer =
                door.send(
                        door.as(account, "/apichecks", "/")
                                .POST(
                                        BodyPublishers.ofString(
                                                """
                                                {"ID": "", "authorized": {}, "namespace": "%s", "operation": "%s",
                                                 "targetIdentities": ["externalnetwork", "processingunit"]}
                                                """
                                                        .formatted(namespace, operation))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode body = JSON.readTree(answer.body());
        assertThat(body.path("namespace").asText()).isEqualTo(namespace);
        return JSON.convertValue(body.path("authorized"), Map.class);
    }

    private static HttpResponse<String> post(String body) {
        return door.send(door.get("/apichecks", "/acme").POST(BodyPublishers.ofString(body)));
    }

    private static List<String> names(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).findValuesAsText("name");
    }

    private static HttpResponse<String> open(String path) {
        return door.send(HttpRequest.newBuilder(door.uri(path)));
    }

    private static JsonNode health() throws IOException {
        return JSON.readTree(open("/healthchecks").body());
    }
}
