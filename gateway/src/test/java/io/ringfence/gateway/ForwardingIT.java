package io.ringfence.gateway;

import static io.ringfence.gateway.TestDoor.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.ringfence.contracts.identity.Header;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.service.ConsoleServers;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(GatewayProfile.class)
@QuarkusTestResource(ConsoleServers.class)
class ForwardingIT {
    @RegisterExtension private static final TestDoor door = new TestDoor();

    @Test
    void handsOnWithAnAssertionOfItsOwn() throws Exception {
        HttpResponse<String> answer =
                door.send(
                        door.get(
                                        "/v/1/networkrulesetpolicies?recursive=true&q=name%20%3D%3D%20a",
                                        "/acme/shop")
                                .header(Header.ASSERTION, "a forged one")
                                .header(Header.KEY_TICKET, "a forged one")
                                .header(Header.CLIENT_CERTIFICATE, "a forged one")
                                .header("X_Ringfence_Assertion", "a forged one")
                                .header("X_Namespace", "/")
                                .header("X-Request-ID", "my-request")
                                .POST(BodyPublishers.ofString("{\"name\":\"a\"}")));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("[]");
        assertThat(answer.headers().firstValue("X-Request-ID")).contains("my-request");
        assertThat(answer.headers().firstValue("X-Ringfence-Internal")).isEmpty();
        TestBackend.Received received = door.policy.received.take();
        assertThat(received.pathAndQuery())
                .isEqualTo("/networkrulesetpolicies?recursive=true&q=name%20%3D%3D%20a");
        assertThat(received.body()).asString().isEqualTo("{\"name\":\"a\"}");
        assertThat(received.headers())
                .containsEntry("X-request-id", List.of("my-request"))
                .containsEntry("X-namespace", List.of("/acme/shop"))
                .doesNotContainKeys(
                        "Authorization",
                        "X-ringfence-client-certificate",
                        "X_namespace",
                        "X_ringfence_assertion");
        assertThat(received.headers().get("X-ringfence-assertion")).hasSize(1);
        assertThat(received.headers().get("X-ringfence-key-ticket")).hasSize(1);
        assertThat(received.assertion().namespace()).isEqualTo("/acme/shop");
        assertThat(received.assertion().caller().tags())
                .containsExactly("@auth:realm=vince", "@auth:account=alice");
        assertThat(received.assertion().permissions()).containsExactly("*,*");
    }

    @Test
    void counts() {
        HttpResponse<String> answer =
                door.send(
                        door.get("/externalnetworks", "/acme")
                                .method("HEAD", BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue(Header.COUNT_TOTAL)).contains("7");
    }

    @Test
    void handsOnABodyOfTheGreatestSize() throws Exception {
        byte[] body = new byte[1 << 20];

        HttpResponse<String> answer =
                door.send(
                        door.get("/externalnetworks", "/acme")
                                .POST(BodyPublishers.ofByteArray(body)));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(door.policy.received.take().body()).hasSize(1 << 20);
    }

    @Test
    void speaksHttp2OverTls() throws Exception {
        HttpResponse<String> answer =
                door.send(
                        door.anyone(),
                        HttpRequest.newBuilder(door.tls("/externalnetworks"))
                                .version(HttpClient.Version.HTTP_2)
                                .header(Header.NAMESPACE, "/acme")
                                .header("Authorization", "Bearer " + door.tokens.of("alice"))
                                .POST(BodyPublishers.ofString("{}")));

        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(door.policy.received.take().body()).asString().isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/internal/policysnapshots/5f0",
                "/internal/tokenuses",
                "/q/health",
                "/issue/5f0"
            })
    void knowsNoOtherPaths(String path) {
        assertError(door.send(door.get(path, "/acme")), 404);
        assertThat(door.policy.received).isEmpty();
        assertThat(door.identity.received).isEmpty();
    }

    @Test
    void saysThatAServiceIsAway() {
        HttpResponse<String> answer = door.send(door.get("/metricsquery?query=up", "/acme"));

        assertThat(assertError(answer, 503)).contains("metrics-service");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void saysThatAServiceIsTooSlow() {
        door.policy.silentAt("/externalnetworks/5ea");

        HttpResponse<String> answer = door.send(door.get("/externalnetworks/5ea", "/acme"));

        assertThat(assertError(answer, 504)).contains("policy-service");
    }

    @Test
    void passesTheServicesErrorsOn() {
        door.policy.answering(
                "/externalnetworks/5f0", 422, "[{\"code\":422}]".getBytes(StandardCharsets.UTF_8));

        HttpResponse<String> answer = door.send(door.get("/externalnetworks/5f0", "/acme"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).isEqualTo("[{\"code\":422}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    a read                        | GET    | -   | 1 | 200 | 2
                    a read, but only once         | GET    | -   | 2 | 503 | 2
                    a count                       | HEAD   | -   | 1 | 204 | 2
                    a create with a key           | POST   | abc | 1 | 200 | 2
                    an update with a key          | PUT    | abc | 1 | 200 | 2
                    a sparse update with a key    | PATCH  | abc | 1 | 200 | 2
                    no create without a key       | POST   | -   | 1 | 503 | 1
                    no update without a key       | PUT    | -   | 1 | 503 | 1
                    no delete                     | DELETE | abc | 1 | 503 | 1
                    """)
    void repeatsAfterABrokenConnection(
            String what, String method, String key, int drops, int status, int attempts) {
        String path = "/externalnetworks/5d0" + method.toLowerCase(java.util.Locale.ROOT);
        door.policy.droppingAt(path, drops);
        boolean bodiless = List.of("GET", "HEAD", "DELETE").contains(method);
        HttpRequest.Builder request =
                door.get(path, "/acme")
                        .method(
                                method,
                                bodiless
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString("{\"name\":\"a\"}"));
        if (key != null) {
            request.header(Header.IDEMPOTENCY_KEY, key);
        }

        HttpResponse<String> answer = door.send(request);

        assertThat(answer.statusCode()).as(what).isEqualTo(status);
        assertThat(door.policy.received)
                .hasSize(attempts)
                .allSatisfy(attempt ->
                        assertThat(attempt.body())
                                .asString()
                                .isEqualTo(bodiless ? "" : "{\"name\":\"a\"}"));
    }

    @Test
    void countsEveryRequestByItsOutcome() {
        double before = counted("2xx");

        assertThat(door.send(door.get("/externalnetworks", "/acme")).statusCode()).isEqualTo(200);

        await().atMost(Duration.ofSeconds(10)).until(() -> counted("2xx") > before);
    }

    private static double counted(String outcome) {
        return Metrics.of(TestInstallation.get())
                .sum("ringfence_gateway_requests_seconds_count{outcome=\"" + outcome + "\"");
    }
}
