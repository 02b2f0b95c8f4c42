package io.ringfence.gateway;

import static io.ringfence.gateway.TestDoor.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.ringfence.contracts.identity.Header;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.testkit.domain.TestEnforcer;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.kafka.TestKafka;
import io.ringfence.testkit.service.ConsoleServers;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@QuarkusTest
@TestProfile(GatewayProfile.class)
@QuarkusTestResource(ConsoleServers.class)
class AuthorizationIT {
    @RegisterExtension private static final TestDoor door = new TestDoor();

    @Test
    void refusesWhatIsNotAuthorized() {
        door.console.authorization("viewer", "/acme/shop", "victor", "@auth:role=namespace.viewer");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> status("victor", "/externalnetworks", "/acme/shop") == 200);
        door.policy.received.clear();

        assertError(
                door.send(
                        door.as("victor", "/externalnetworks", "/acme/shop")
                                .POST(BodyPublishers.ofString("{}"))),
                403);
        assertError(door.send(door.as("victor", "/externalnetworks", "/acme")), 403);
        assertError(door.send(door.as("nobody", "/externalnetworks", "/acme")), 403);
        assertThat(door.policy.received).isEmpty();
    }

    /// The id is one of another tenant's; whoever asks in their own namespace is passed on with
    /// that namespace and nothing else, and the service knows no such object there.
    @Test
    void letsNobodyReachAnotherTenantsObjectByItsId() throws Exception {
        door.console.namespace("/rival");
        String path = "/externalnetworks/5f0000000000000000000001";
        byte[] unknown = "[{\"code\":404}]".getBytes(StandardCharsets.UTF_8);
        door.policy.answering(path, 404, unknown);

        assertError(door.send(door.get(path, "/rival")), 403);
        assertThat(door.policy.received).isEmpty();
        assertThat(door.send(door.get(path, "/acme")).statusCode()).isEqualTo(404);
        assertThat(door.policy.received.take().assertion().namespace()).isEqualTo("/acme");
    }

    @Test
    void forgetsARevokedRightWithinASecond() {
        String id = door.console.authorization("bob", "/acme", "bob", "externalnetwork,get");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> status("bob", "/externalnetworks", "/acme") == 200);

        door.console.revoke("/acme", id);

        await().atMost(Duration.ofSeconds(1))
                .until(() -> status("bob", "/externalnetworks", "/acme") == 403);
    }

    @Test
    void knowsARevokedEnforcerNoMoreWithinASecond() {
        String id = "fedcba9876543210fedcba98";
        HttpClient enforcer =
                door.client(
                        TestEnforcer.enroll(
                                TestInstallation.get().installation(), id, "/acme/shop"));
        assertThat(post(enforcer, "/processingunits")).isEqualTo(200);

        door.console.revokeEnforcer("/acme/shop", id);

        await().atMost(Duration.ofSeconds(1))
                .until(() -> post(enforcer, "/processingunits") == 401);
        assertThat(post(enforcer, "/apichecks")).isEqualTo(401);
    }

    /// An API authorization still names it, and its token has not expired.
    @Test
    void knowsADisabledAccountNoMoreWithinASecond() {
        door.console.authorization("edgar", "/acme", "edgar", "externalnetwork,get");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> status("edgar", "/externalnetworks", "/acme") == 200);

        door.console.disableAccount("edgar");

        await().atMost(Duration.ofSeconds(1))
                .until(() -> status("edgar", "/externalnetworks", "/acme") == 401);
        assertError(door.send(door.as("edgar", "/authn", "/acme")), 401);
    }

    @Test
    void knowsADeletedAccountNoMoreWithinASecond() {
        door.console.authorization("ferdinand", "/acme", "ferdinand", "externalnetwork,get");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> status("ferdinand", "/externalnetworks", "/acme") == 200);

        door.console.deleteAccount("ferdinand");

        await().atMost(Duration.ofSeconds(1))
                .until(() -> status("ferdinand", "/externalnetworks", "/acme") == 401);
    }

    /// The credential's own roles are gone either way; what others gave to its name must be too.
    @Test
    void knowsADisabledCredentialNoMoreWithinASecond() {
        String id = "0123456789abcdef0123aaaa";
        String commonName = "app:credential:" + id + ":ci";
        door.console.credential(id, "ci", "/acme", false);
        door.console.authorizationOf(
                "ci",
                "/acme",
                List.of("@auth:realm=certificate", "@auth:commonname=" + commonName));
        await().atMost(Duration.ofSeconds(10)).until(() -> statusOfCredential(commonName) == 200);

        door.console.credential(id, "ci", "/acme", true);

        await().atMost(Duration.ofSeconds(1)).until(() -> statusOfCredential(commonName) == 401);
    }

    @Test
    void knowsALoggedOutTokenNoMoreWithinASecond() {
        String token = door.tokens.of("alice");
        String id = TestTokens.idOf(token);
        String child = door.tokens.madeFrom("alice", id);
        String grandchild = door.tokens.madeFrom("alice", id, TestTokens.idOf(child));
        List<String> all = List.of(token, child, grandchild);
        assertThat(all).allMatch(each -> statusOf(each) == 200);

        door.console.logOut(id, "alice");

        await().atMost(Duration.ofSeconds(1)).until(() -> statusOf(token) == 401);
        assertThat(all).allMatch(each -> statusOf(each) == 401);
        assertThat(status("alice", "/externalnetworks", "/acme")).isEqualTo(200);
    }

    private static int statusOf(String token) {
        return door.send(
                        door.request("/externalnetworks", "/acme")
                                .header("Authorization", "Bearer " + token))
                .statusCode();
    }

    @Test
    void knowsNobodyWhoWasNeverAnnounced() {
        assertThat(statusOfCredential("app:credential:0123456789abcdef0123bbbb:ghost"))
                .isEqualTo(401);
        assertThat(door.policy.received).isEmpty();
    }

    private static int statusOfCredential(String commonName) {
        return statusOf(door.tokens.ofCredential(commonName));
    }

    @Test
    void saysWhatReplacedWhatIsGone() {
        assertThat(assertError(door.send(door.get("/sshauthorizationpolicies", "/acme")), 410))
                .contains("/networkrulesetpolicies");
        assertError(door.send(door.get("/v/1/vulnerabilities/5f0", "/acme")), 410);
        assertError(door.send(door.get("/processingunits/5f0/vulnerabilities", "/acme")), 410);
        assertThat(door.policy.received).isEmpty();
    }

    private static int post(HttpClient enforcer, String path) {
        return door.send(
                        enforcer,
                        HttpRequest.newBuilder(door.tls(path))
                                .header(Header.NAMESPACE, "/acme/shop")
                                .POST(BodyPublishers.ofString("{}")))
                .statusCode();
    }

    @Test
    void catchesUpBeforeItSaysThatANamespaceIsUnknown() {
        assertError(door.send(door.get("/externalnetworks", "/acme/new")), 404);

        door.console.namespace("/acme/new");

        assertThat(status("alice", "/externalnetworks", "/acme/new")).isEqualTo(200);
    }

    @Test
    void wantsExactlyOneNamespace() {
        HttpRequest.Builder without =
                HttpRequest.newBuilder(door.uri("/externalnetworks"))
                        .header("Authorization", "Bearer " + door.tokens.of("alice"));
        HttpRequest.Builder twice =
                door.get("/externalnetworks", "/acme").header(Header.NAMESPACE, "/acme");

        assertThat(assertError(door.send(without), 400)).contains("X-Namespace");
        assertThat(assertError(door.send(twice), 400)).contains("X-Namespace");
        assertThat(assertError(door.send(door.get("/externalnetworks", "acme")), 400))
                .contains("X-Namespace");
        assertThat(assertError(door.send(door.get("/externalnetworks", "/acme/../beta")), 404))
                .isNotEmpty();
        assertThat(door.policy.received).isEmpty();
    }

    @Test
    void givesAnUnreadableRecordToTheDeadLettersAndGoesOn() {
        try (var letters =
                TestKafka.of(TestInstallation.get())
                        .readFromEnd(Topic.NAMESPACE_CHANGED.deadLetterName())) {
            door.console.garbage("/acme", "garbage");

            var letter = letters.awaitKey("garbage");

            assertThat(letter.headers().lastHeader(Topic.REASON_HEADER).value())
                    .asString()
                    .isEqualTo("not an ObjectState");
        }
        door.console.namespace("/acme/after");
        assertThat(status("alice", "/externalnetworks", "/acme/after")).isEqualTo(200);
    }

    private static int status(String account, String path, String namespace) {
        return door.send(door.as(account, path, namespace)).statusCode();
    }
}
