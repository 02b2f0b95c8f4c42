package io.ringfence.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.contracts.identity.Header;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.embedded.init.Installation;
import io.ringfence.testkit.domain.TestEnforcer;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.trust.certificate.Pem;
import io.ringfence.trust.certificate.TlsContexts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The gateway with stand-ins behind it, a namespace `/acme` that `alice` administers, and what a
/// client needs to knock. As an extension of a test class it is there before each test, with
/// nothing received yet, and closed after all.
final class TestDoor implements BeforeEachCallback, AfterAllCallback, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    final TestBackend policy = TestBackend.standingFor(Principal.POLICY_SERVICE);
    final TestBackend identity = TestBackend.standingFor(Principal.IDENTITY_SERVICE);
    final Installation installation = TestInstallation.get().installation();
    final ConsoleState console = new ConsoleState();
    final TestTokens tokens = new TestTokens();

    @Override
    public void beforeEach(ExtensionContext test) {
        makeAcme();
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        close();
    }

    /// Waits until the gateway has heard of it.
    void makeAcme() {
        console.namespace("/acme");
        console.namespace("/acme/shop");
        console.authorization("alice", "/acme", "alice", "@auth:role=namespace.administrator");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> send(get("/externalnetworks", "/acme")).statusCode() == 200);
        policy.received.clear();
        identity.received.clear();
    }

    HttpRequest.Builder get(String path, String namespace) {
        return as("alice", path, namespace);
    }

    HttpRequest.Builder as(String account, String path, String namespace) {
        console.account(account);
        return request(path, namespace).header("Authorization", "Bearer " + tokens.of(account));
    }

    HttpRequest.Builder request(String path, String namespace) {
        return HttpRequest.newBuilder(uri(path)).header(Header.NAMESPACE, namespace);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + installation.ports().api() + path);
    }

    URI tls(String path) {
        return URI.create("https://127.0.0.1:" + installation.ports().apiTls() + path);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        return send(CLIENT, request);
    }

    HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) {
        try {
            return client.send(
                    request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /// Knows the console's authority and shows nothing.
    HttpClient anyone() {
        return client(TlsContexts.trusting(Pem.readCertificate(installation.folder().authority())));
    }

    HttpClient client(TestEnforcer enforcer) {
        return client(
                TlsContexts.of(
                        Pem.readCertificate(installation.folder().authority()),
                        enforcer.identity()));
    }

    static HttpClient client(SSLContext tls) {
        return HttpClient.newBuilder().sslContext(tls).build();
    }

    /// @return the error's description
    static String assertError(HttpResponse<String> answer, int code) {
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

    @Override
    public void close() {
        policy.close();
        identity.close();
    }
}
