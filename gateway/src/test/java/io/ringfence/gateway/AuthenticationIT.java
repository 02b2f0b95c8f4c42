package io.ringfence.gateway;

import static io.ringfence.gateway.TestDoor.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.ringfence.contracts.identity.Header;
import io.ringfence.testkit.domain.TestEnforcer;
import io.ringfence.testkit.service.ConsoleServers;
import io.ringfence.trust.certificate.CertificateAuthority;
import io.ringfence.trust.certificate.Fingerprint;
import io.ringfence.trust.certificate.KeyPairs;
import io.ringfence.trust.certificate.Pem;
import io.ringfence.trust.certificate.TlsContexts;
import io.ringfence.trust.token.JwksDocument;
import io.ringfence.trust.token.Restrictions;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@QuarkusTest
@TestProfile(GatewayProfile.class)
@QuarkusTestResource(ConsoleServers.class)
class AuthenticationIT {
    private static final String ENFORCER_ID = "0123456789abcdef01234567";
    @RegisterExtension private static final TestDoor door = new TestDoor();

    @Test
    void takesTheTokenFromTheCookie() {
        HttpResponse<String> answer =
                door.send(
                        door.request("/externalnetworks", "/acme")
                                .header(
                                        "Cookie",
                                        Header.TOKEN_COOKIE + "=" + door.tokens.of("alice")));

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void refusesWhoItDoesNotKnow() {
        for (String authorization :
                List.of(
                        "Bearer " + door.tokens.expired("alice"),
                        "Bearer " + door.tokens.forged("alice"),
                        "Bearer " + door.tokens.forKafka("alice"),
                        "Bearer " + unsigned("none"),
                        "Bearer " + unsigned("HS256"),
                        "Bearer " + changed(door.tokens.of("alice")),
                        "Bearer garbage",
                        "Basic YWxpY2U6YWxpY2U=")) {
            HttpResponse<String> answer =
                    door.send(
                            door.request("/externalnetworks", "/acme")
                                    .header("Authorization", authorization));

            assertError(answer, 401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
            assertThat(answer.body()).doesNotContain(authorization.substring(7));
        }
        assertError(door.send(door.request("/externalnetworks", "/acme")), 401);
        assertThat(door.policy.received).isEmpty();
    }

    @Test
    void doesNotGuessBetweenTwoTokens() {
        assertError(
                door.send(
                        door.get("/externalnetworks", "/acme")
                                .header("Authorization", "Bearer " + door.tokens.of("bob"))),
                401);
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
    void believesNobodyAboutTheirAddress() {
        HttpResponse<String> answer =
                door.send(
                        door.request("/externalnetworks", "/acme")
                                .header("X-Forwarded-For", "10.1.1.1")
                                .header("X-Real-IP", "10.1.1.1")
                                .header(
                                        "Authorization",
                                        "Bearer "
                                                + door.tokens.of(
                                                        "alice",
                                                        new Restrictions(
                                                                "",
                                                                List.of(),
                                                                List.of("10.0.0.0/8")),
                                                        0)));

        assertError(answer, 403);
        assertThat(door.policy.received).isEmpty();
    }

    @Test
    void hasTheUsesOfATokenWithAQuotaCounted() throws Exception {
        door.identity.answering("/internal/tokenuses", 204, new byte[0]);

        HttpResponse<String> counted = door.send(withQuota(2, "/externalnetworks"));

        assertThat(counted.statusCode()).as(counted.body()).isEqualTo(200);
        TestBackend.Received use = door.identity.received.take();
        assertThat(use.method() + " " + use.pathAndQuery()).isEqualTo("POST /internal/tokenuses");
        assertThat(use.assertion().caller().quota()).isEqualTo(2);
        assertThat(door.policy.received.take().assertion().caller().quota()).isEqualTo(2);
    }

    @Test
    void refusesATokenThatIsUsedUp() {
        door.identity.answering(
                "/internal/tokenuses",
                417,
                "[{\"code\":417,\"subject\":\"identity\"}]".getBytes(StandardCharsets.UTF_8));

        HttpResponse<String> answer = door.send(withQuota(1, "/externalnetworks"));

        assertThat(answer.statusCode()).isEqualTo(417);
        assertThat(answer.body()).isEqualTo("[{\"code\":417,\"subject\":\"identity\"}]");
        assertThat(door.policy.received).isEmpty();
    }

    @Test
    void doesNotLetAUseGoUncounted() {
        door.identity.answering("/internal/tokenuses", 500, new byte[0]);

        assertError(door.send(withQuota(1, "/externalnetworks")), 503);
        assertThat(door.policy.received).isEmpty();
    }

    @Test
    void leavesCountingToTheServiceThatCountsItself() {
        HttpResponse<String> answer =
                door.send(
                        withQuota(1, "/enforcercertificates").POST(BodyPublishers.ofString("{}")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(door.identity.received).hasSize(1);
        assertThat(door.identity.received.remove().assertion().caller().quota()).isEqualTo(1);
    }

    @Test
    void letsAnyoneAskForATokenAndVouchesForTheCertificate() throws Exception {
        TestEnforcer enforcer = TestEnforcer.enroll(door.installation, ENFORCER_ID, "/acme/shop");
        HttpResponse<String> answer =
                door.send(
                        door.client(enforcer),
                        HttpRequest.newBuilder(door.tls("/issue"))
                                .header(Header.CLIENT_CERTIFICATE, "a forged one")
                                .POST(BodyPublishers.ofString("{\"realm\":\"Certificate\"}")));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        TestBackend.Received received = door.identity.received.take();
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
        TestEnforcer enforcer = TestEnforcer.enroll(door.installation, ENFORCER_ID, "/acme/shop");

        HttpResponse<String> registered = post(enforcer, "/enforcers", "/acme/shop");
        HttpResponse<String> elsewhere = post(enforcer, "/enforcers", "/acme");
        HttpResponse<String> rules = post(enforcer, "/networkrulesetpolicies", "/acme/shop");

        assertThat(registered.statusCode()).as(registered.body()).isEqualTo(200);
        assertThat(door.policy.received.take().assertion().caller().tags())
                .contains("@auth:realm=certificate", "@auth:enforcerid=" + ENFORCER_ID);
        assertError(elsewhere, 403);
        assertError(rules, 403);
    }

    @Test
    void doesNotTakeTheConsolesOwnCertificatesForCallers() {
        HttpClient insider =
                TestDoor.client(
                        TlsContexts.of(
                                door.installation.folder().authority(),
                                door.installation.folder().certificate("policy-service"),
                                door.installation.folder().key("policy-service")));

        HttpResponse<String> answer =
                door.send(
                        insider,
                        HttpRequest.newBuilder(door.tls("/externalnetworks"))
                                .header(Header.NAMESPACE, "/acme"));

        assertError(answer, 401);
    }

    /// Not even a handshake, so not even an error that could tell it something; and whoever comes
    /// next notices nothing.
    @Test
    void breaksOffWithACertificateOfAnUnknownAuthority() {
        CertificateAuthority foreign = CertificateAuthority.create("foreign", Clock.systemUTC());
        TestEnforcer forged = TestEnforcer.enroll(foreign, ENFORCER_ID, "/acme/shop");
        X509Certificate ours = Pem.readCertificate(door.installation.folder().authority());
        HttpClient intruder = TestDoor.client(InsistentKeys.showing(forged.identity(), ours));

        for (String path : List.of("/enforcers", "/issue", "/healthchecks")) {
            assertThatThrownBy(() ->
                            door.send(
                                    intruder,
                                    HttpRequest.newBuilder(door.tls(path))
                                            .header(Header.NAMESPACE, "/acme/shop")
                                            .POST(BodyPublishers.ofString("{}"))))
                    .hasMessageContaining("no answer")
                    .as("the gateway's alert, or its end of the connection when that comes first")
                    .hasCauseInstanceOf(IOException.class);
        }

        assertThat(door.policy.received).isEmpty();
        assertThat(door.identity.received).isEmpty();
        TestEnforcer known = TestEnforcer.enroll(door.installation, ENFORCER_ID, "/acme/shop");
        assertThat(
                        door.send(
                                        TestDoor.client(
                                                InsistentKeys.showing(known.identity(), ours)),
                                        HttpRequest.newBuilder(door.tls("/enforcers"))
                                                .header(Header.NAMESPACE, "/acme/shop")
                                                .POST(BodyPublishers.ofString("{}")))
                                .statusCode())
                .isEqualTo(200);
    }

    /// Keys are asked for again after 15 seconds, and a verified token is remembered for 10.
    @Test
    void believesAWithdrawnKeyForLessThanHalfAMinute() throws Exception {
        Path served = door.installation.folder().jwks();
        JwksDocument without = JwksDocument.parse(Files.readString(served));
        KeyPair another = KeyPairs.generate();
        Map<String, ECPublicKey> with = new HashMap<>(without.keys());
        with.put(
                JwksDocument.keyId((ECPublicKey) another.getPublic()),
                (ECPublicKey) another.getPublic());
        String token = TestTokens.signedBy(another.getPrivate(), "alice");
        try {
            Files.writeString(served, new JwksDocument(with).toJson());
            await().atMost(Duration.ofSeconds(10)).until(() -> statusOf(token) == 200);
        } finally {
            Files.writeString(served, without.toJson());
        }

        await().atMost(Duration.ofSeconds(27))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> statusOf(token) == 401);
        assertThat(statusOf(door.tokens.of("alice"))).isEqualTo(200);
    }

    private int statusOf(String token) {
        return door.send(
                        door.request("/externalnetworks", "/acme")
                                .header("Authorization", "Bearer " + token))
                .statusCode();
    }

    private int restricted(Restrictions restrictions, String namespace) {
        String token = door.tokens.of("alice", restrictions, 0);
        return door.send(
                        door.request("/externalnetworks", namespace)
                                .header("Authorization", "Bearer " + token))
                .statusCode();
    }

    private HttpRequest.Builder withQuota(int quota, String path) {
        String token = door.tokens.of("alice", Restrictions.NONE, quota);
        return door.request(path, "/acme").header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> post(TestEnforcer enforcer, String path, String namespace) {
        return door.send(
                door.client(enforcer),
                HttpRequest.newBuilder(door.tls(path))
                        .header(Header.NAMESPACE, namespace)
                        .POST(BodyPublishers.ofString("{}")));
    }

    /// The claims of a good token under another head, without a signature.
    private static String unsigned(String algorithm) {
        String head = "{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"}";
        return Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(head.getBytes(StandardCharsets.UTF_8))
                + "."
                + door.tokens.of("alice").split("\\.")[1]
                + ".";
    }

    /// Another subject under the same signature.
    private static String changed(String token) {
        String[] parts = token.split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String others = claims.replace("alice", "admin");
        assertThat(others).isNotEqualTo(claims);
        return parts[0]
                + "."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(others.getBytes(StandardCharsets.UTF_8))
                + "."
                + parts[2];
    }
}
