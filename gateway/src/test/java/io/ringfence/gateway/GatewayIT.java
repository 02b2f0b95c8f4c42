package io.ringfence.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.ringfence.contracts.identity.Header;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.embedded.init.Installation;
import io.ringfence.testkit.domain.TestEnforcer;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.kafka.TestKafka;
import io.ringfence.testkit.service.ConsoleServers;
import io.ringfence.trust.certificate.Fingerprint;
import io.ringfence.trust.certificate.Pem;
import io.ringfence.trust.certificate.TlsContexts;
import io.ringfence.trust.token.Restrictions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(GatewayProfile.class)
@QuarkusTestResource(ConsoleServers.class)
class GatewayIT {
    private static final String ENFORCER_ID = "0123456789abcdef01234567";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static TestBackend policy;
    private static TestBackend identity;

    private final Installation installation = TestInstallation.get().installation();
    private final ConsoleState console = new ConsoleState();
    private final TestTokens tokens = new TestTokens();

    @BeforeAll
    static void startServices() {
        policy = TestBackend.standingFor(Principal.POLICY_SERVICE);
        identity = TestBackend.standingFor(Principal.IDENTITY_SERVICE);
    }

    @AfterAll
    static void stopServices() {
        policy.close();
        identity.close();
    }

    @BeforeEach
    void makeAcme() {
        policy.received.clear();
        identity.received.clear();
        console.namespace("/acme");
        console.namespace("/acme/shop");
        console.authorization("alice", "/acme", "alice", "@auth:role=namespace.administrator");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> send(get("/externalnetworks", "/acme")).statusCode() == 200);
        policy.received.clear();
    }

    @Test
    void handsOnWithAnAssertionOfItsOwn() throws Exception {
        HttpResponse<String> answer =
                send(
                        as(
                                        "alice",
                                        "/v/1/networkrulesetpolicies?recursive=true&q=name%20%3D%3D%20a",
                                        "/acme/shop")
                                .header(Header.ASSERTION, "a forged one")
                                .header(Header.CLIENT_CERTIFICATE, "a forged one")
                                .header("X-Request-ID", "my-request")
                                .POST(BodyPublishers.ofString("{\"name\":\"a\"}")));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("[]");
        assertThat(answer.headers().firstValue("X-Request-ID")).contains("my-request");
        assertThat(answer.headers().firstValue("X-Ringfence-Internal")).isEmpty();
        TestBackend.Received received = policy.received.take();
        assertThat(received.pathAndQuery())
                .isEqualTo("/networkrulesetpolicies?recursive=true&q=name%20%3D%3D%20a");
        assertThat(received.body()).asString().isEqualTo("{\"name\":\"a\"}");
        assertThat(received.headers())
                .containsEntry("X-request-id", List.of("my-request"))
                .doesNotContainKeys("Authorization", "X-ringfence-client-certificate");
        assertThat(received.headers().get("X-ringfence-assertion")).hasSize(1);
        assertThat(received.assertion().namespace()).isEqualTo("/acme/shop");
        assertThat(received.assertion().caller().tags())
                .containsExactly("@auth:realm=vince", "@auth:account=alice");
        assertThat(received.assertion().permissions()).containsExactly("*,*");
    }

    @Test
    void takesTheTokenFromTheCookie() {
        HttpResponse<String> answer =
                send(
                        request("/externalnetworks", "/acme")
                                .header("Cookie", Header.TOKEN_COOKIE + "=" + tokens.of("alice")));

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void counts() {
        HttpResponse<String> answer =
                send(
                        as("alice", "/externalnetworks", "/acme")
                                .method("HEAD", BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue(Header.COUNT_TOTAL)).contains("7");
    }

    @Test
    void refusesWhoItDoesNotKnow() {
        String none =
                Base64.getUrlEncoder()
                                .encodeToString(
                                        "{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8))
                        + ".e30.";
        for (String authorization :
                List.of(
                        "Bearer " + tokens.expired("alice"),
                        "Bearer " + tokens.forged("alice"),
                        "Bearer " + tokens.forKafka("alice"),
                        "Bearer " + none,
                        "Bearer garbage",
                        "Basic YWxpY2U6YWxpY2U=")) {
            HttpResponse<String> answer =
                    send(
                            request("/externalnetworks", "/acme")
                                    .header("Authorization", authorization));

            assertError(answer, 401);
            assertThat(answer.body()).doesNotContain(authorization.substring(7));
        }
        assertError(send(request("/externalnetworks", "/acme")), 401);
        assertThat(policy.received).isEmpty();
    }

    @Test
    void refusesWhatIsNotAuthorized() {
        console.authorization("viewer", "/acme/shop", "victor", "@auth:role=namespace.viewer");
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        send(as("victor", "/externalnetworks", "/acme/shop")).statusCode() == 200);
        policy.received.clear();

        assertError(
                send(
                        as("victor", "/externalnetworks", "/acme/shop")
                                .POST(BodyPublishers.ofString("{}"))),
                403);
        assertError(send(as("victor", "/externalnetworks", "/acme")), 403);
        assertError(send(as("nobody", "/externalnetworks", "/acme")), 403);
        assertThat(policy.received).isEmpty();
    }

    @Test
    void heedsTheRestrictionsOfAToken() {
        assertThat(restricted(new Restrictions("/acme/shop", List.of(), List.of()), "/acme/shop"))
                .isEqualTo(200);
        assertThat(restricted(new Restrictions("/acme/shop", List.of(), List.of()), "/acme"))
                .isEqualTo(403);
        assertThat(restricted(new Restrictions("", List.of(), List.of("127.0.0.0/8")), "/acme"))
                .isEqualTo(200);
        assertThat(restricted(new Restrictions("", List.of(), List.of("10.0.0.0/8")), "/acme"))
                .isEqualTo(403);
        assertThat(restricted(new Restrictions("", List.of("enforcer,post"), List.of()), "/acme"))
                .isEqualTo(403);
    }

    @Test
    void usesATokenWithAQuotaOnlyWhereItIsCounted() {
        String once = "Bearer " + tokens.of("alice", Restrictions.NONE, 1);

        assertError(send(request("/externalnetworks", "/acme").header("Authorization", once)), 403);
        assertThat(
                        send(request("/enforcercertificates", "/acme")
                                        .header("Authorization", once)
                                        .POST(BodyPublishers.ofString("{}")))
                                .statusCode())
                .isEqualTo(200);
        assertThat(identity.received.remove().assertion().caller().quota()).isEqualTo(1);
    }

    @Test
    void forgetsARevokedRightWithinASecond() {
        String id = console.authorization("bob", "/acme", "bob", "externalnetwork,get");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> send(as("bob", "/externalnetworks", "/acme")).statusCode() == 200);

        console.revoke("/acme", id);

        await().atMost(Duration.ofSeconds(1))
                .until(() -> send(as("bob", "/externalnetworks", "/acme")).statusCode() == 403);
    }

    @Test
    void catchesUpBeforeItSaysThatANamespaceIsUnknown() {
        assertError(send(get("/externalnetworks", "/acme/new")), 404);

        console.namespace("/acme/new");

        assertThat(send(get("/externalnetworks", "/acme/new")).statusCode()).isEqualTo(200);
    }

    @Test
    void namesTheHeaderThatIsMissing() {
        HttpRequest.Builder without =
                HttpRequest.newBuilder(uri("/externalnetworks"))
                        .header("Authorization", "Bearer " + tokens.of("alice"));
        assertThat(assertError(send(without), 400)).contains("X-Namespace");
        assertThat(assertError(send(get("/externalnetworks", "acme")), 400))
                .contains("X-Namespace");
    }

    @Test
    void refusesBodiesThatAreTooLarge() {
        byte[] large = new byte[(1 << 20) + 1];
        assertError(
                send(request("/externalnetworks", "/acme").POST(BodyPublishers.ofByteArray(large))),
                413);
        assertError(
                send(
                        as("alice", "/externalnetworks", "/acme")
                                .POST(
                                        BodyPublishers.ofInputStream(
                                                () -> new ByteArrayInputStream(large)))),
                413);
        assertThat(policy.received).isEmpty();
    }

    @Test
    void handsOnABodyOfTheGreatestSize() throws Exception {
        byte[] body = new byte[1 << 20];

        HttpResponse<String> answer =
                send(
                        as("alice", "/externalnetworks", "/acme")
                                .POST(BodyPublishers.ofByteArray(body)));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(policy.received.take().body()).hasSize(1 << 20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/namespaces%2f5f0",
                "/v/1/../externalnetworks",
                "/externalnetworks//5f0",
                "/externalnetworks;a=b",
                "/%65xternalnetworks",
            })
    void refusesPathsThatCouldMeanTwoThings(String path) {
        assertError(send(as("alice", path, "/acme")), 400);
        assertThat(policy.received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/internal/policysnapshots/5f0", "/q/health", "/issue/5f0"})
    void knowsNoOtherPaths(String path) {
        assertError(send(as("alice", path, "/acme")), 404);
        assertThat(policy.received).isEmpty();
    }

    @Test
    void saysThatAServiceIsAway() {
        HttpResponse<String> answer = send(get("/metricsquery?query=up", "/acme"));

        assertThat(assertError(answer, 503)).contains("metrics-service");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void countsEveryRequestByItsOutcome() {
        double before = counted("2xx");

        assertThat(send(get("/externalnetworks", "/acme")).statusCode()).isEqualTo(200);

        await().atMost(Duration.ofSeconds(10)).until(() -> counted("2xx") > before);
    }

    @Test
    void saysThatAServiceIsTooSlow() {
        policy.silentAt("/externalnetworks/5ea");

        HttpResponse<String> answer = send(get("/externalnetworks/5ea", "/acme"));

        assertThat(assertError(answer, 504)).contains("policy-service");
    }

    @Test
    void passesTheServicesErrorsOn() {
        policy.answering(
                "/externalnetworks/5f0", 422, "[{\"code\":422}]".getBytes(StandardCharsets.UTF_8));

        HttpResponse<String> answer = send(get("/externalnetworks/5f0", "/acme"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).isEqualTo("[{\"code\":422}]");
    }

    @Test
    void letsAnyoneAskForATokenAndVouchesForTheCertificate() throws Exception {
        TestEnforcer enforcer = TestEnforcer.enroll(installation, ENFORCER_ID, "/acme/shop");
        HttpResponse<String> answer =
                client(enforcer)
                        .send(
                                HttpRequest.newBuilder(tls("/issue"))
                                        .header(Header.CLIENT_CERTIFICATE, "a forged one")
                                        .POST(
                                                BodyPublishers.ofString(
                                                        "{\"realm\":\"Certificate\"}"))
                                        .build(),
                                BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        TestBackend.Received received = identity.received.take();
        List<String> forwarded = received.headers().get("X-ringfence-client-certificate");
        assertThat(forwarded).hasSize(1);
        assertThat(Pem.certificate(URLDecoder.decode(forwarded.getFirst(), StandardCharsets.UTF_8)))
                .isEqualTo(enforcer.identity().certificate());
        assertThat(received.assertion().caller().isAnonymous()).isTrue();
        assertThat(received.assertion().clientCertificateFingerprint())
                .isEqualTo(Fingerprint.of(enforcer.identity().certificate()));
    }

    @Test
    void knowsAnEnforcerByItsCertificateAndWhatItMay() throws Exception {
        TestEnforcer enforcer = TestEnforcer.enroll(installation, ENFORCER_ID, "/acme/shop");

        HttpResponse<String> registered = post(enforcer, "/enforcers", "/acme/shop");
        HttpResponse<String> elsewhere = post(enforcer, "/enforcers", "/acme");
        HttpResponse<String> rules = post(enforcer, "/networkrulesetpolicies", "/acme/shop");

        assertThat(registered.statusCode()).as(registered.body()).isEqualTo(200);
        assertThat(policy.received.take().assertion().caller().tags())
                .contains("@auth:realm=certificate", "@auth:enforcerid=" + ENFORCER_ID);
        assertError(elsewhere, 403);
        assertError(rules, 403);
    }

    @Test
    void doesNotTakeTheConsolesOwnCertificatesForCallers() throws Exception {
        HttpClient insider =
                client(
                        TlsContexts.of(
                                installation.folder().authority(),
                                installation.folder().certificate("policy-service"),
                                installation.folder().key("policy-service")));

        HttpResponse<String> answer =
                insider.send(
                        HttpRequest.newBuilder(tls("/externalnetworks"))
                                .header(Header.NAMESPACE, "/acme")
                                .build(),
                        BodyHandlers.ofString());

        assertError(answer, 401);
    }

    @Test
    void givesAnUnreadableRecordToTheDeadLettersAndGoesOn() {
        try (var letters =
                TestKafka.of(TestInstallation.get())
                        .readFromEnd(Topic.NAMESPACE_CHANGED.deadLetterName())) {
            console.garbage("/acme", "garbage");

            var letter = letters.awaitKey("garbage");

            assertThat(letter.headers().lastHeader(Topic.REASON_HEADER).value())
                    .asString()
                    .isEqualTo("not an ObjectState");
        }
        console.namespace("/acme/after");
        assertThat(send(get("/externalnetworks", "/acme/after")).statusCode()).isEqualTo(200);
    }

    @Test
    void tellsItsHealthToEveryone() throws Exception {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> health().findValuesAsText("name").contains("kafka"));

        HttpResponse<String> answer = send(HttpRequest.newBuilder(uri("/healthchecks")));
        HttpResponse<String> quiet = send(HttpRequest.newBuilder(uri("/healthchecks?quiet=true")));

        assertThat(answer.statusCode()).isEqualTo(218);
        assertThat(JSON.readTree(answer.body()))
                .anySatisfy(check -> {
                    assertThat(check.path("type").asText()).isEqualTo("MessagingSystem");
                    assertThat(check.path("status").asText()).isEqualTo("Operational");
                })
                .anySatisfy(check -> {
                    assertThat(check.path("name").asText()).isEqualTo("metrics-service");
                    assertThat(check.path("status").asText()).isEqualTo("Offline");
                });
        assertThat(quiet.statusCode()).isEqualTo(218);
        assertThat(quiet.body()).isEmpty();
    }

    @Test
    void showsAPageThatNeedsNothingElse() {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(uri("/")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'");
        assertThat(answer.body()).contains("/healthchecks").doesNotContain("http://", "https://");
    }

    /// As Prometheus would read it.
    private double counted(String outcome) {
        String name = "ringfence_gateway_requests_seconds_count{outcome=\"" + outcome + "\"";
        String metrics =
                send(HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + installation.ports().management(Principal.GATEWAY)
                                                + "/q/metrics")))
                        .body();
        return metrics.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private JsonNode health() throws IOException {
        return JSON.readTree(send(HttpRequest.newBuilder(uri("/healthchecks"))).body());
    }

    private int restricted(Restrictions restrictions, String namespace) {
        return send(request("/externalnetworks", namespace)
                        .header("Authorization", "Bearer " + tokens.of("alice", restrictions, 0)))
                .statusCode();
    }

    private HttpResponse<String> post(TestEnforcer enforcer, String path, String namespace)
            throws IOException, InterruptedException {
        return client(enforcer)
                .send(
                        HttpRequest.newBuilder(tls(path))
                                .header(Header.NAMESPACE, namespace)
                                .POST(BodyPublishers.ofString("{}"))
                                .build(),
                        BodyHandlers.ofString());
    }

    private HttpClient client(TestEnforcer enforcer) {
        return client(
                TlsContexts.of(
                        Pem.readCertificate(installation.folder().authority()),
                        enforcer.identity()));
    }

    private static HttpClient client(SSLContext tls) {
        return HttpClient.newBuilder().sslContext(tls).build();
    }

    private HttpRequest.Builder get(String path, String namespace) {
        return as("alice", path, namespace);
    }

    private HttpRequest.Builder as(String account, String path, String namespace) {
        return request(path, namespace).header("Authorization", "Bearer " + tokens.of(account));
    }

    private HttpRequest.Builder request(String path, String namespace) {
        return HttpRequest.newBuilder(uri(path)).header(Header.NAMESPACE, namespace);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + installation.ports().api() + path);
    }

    private URI tls(String path) {
        return URI.create("https://127.0.0.1:" + installation.ports().apiTls() + path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(
                    request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /// @return the error's description
    private static String assertError(HttpResponse<String> answer, int code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(code);
        try {
            JsonNode error = JSON.readTree(answer.body()).path(0);
            assertThat(error.path("code").asInt()).isEqualTo(code);
            assertThat(error.path("subject").asText()).isEqualTo("gateway");
            assertThat(error.path("trace").asText())
                    .isEqualTo(answer.headers().firstValue("X-Request-ID").orElseThrow());
            return error.path("description").asText();
        } catch (IOException e) {
            throw new AssertionError(answer.body(), e);
        }
    }
}
