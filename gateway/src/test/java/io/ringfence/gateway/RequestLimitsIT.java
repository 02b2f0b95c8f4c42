package io.ringfence.gateway;

import static io.ringfence.gateway.TestDoor.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.ringfence.contracts.identity.Header;
import io.ringfence.testkit.service.ConsoleServers;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(GatewayProfile.class)
@QuarkusTestResource(ConsoleServers.class)
class RequestLimitsIT {
    @RegisterExtension private static final TestDoor door = new TestDoor();

    @Test
    void refusesBodiesThatAreTooLarge() {
        byte[] large = new byte[(1 << 20) + 1];

        assertError(
                door.send(
                        door.request("/externalnetworks", "/acme")
                                .POST(BodyPublishers.ofByteArray(large))),
                413);
        assertError(
                door.send(
                        door.get("/externalnetworks", "/acme")
                                .POST(
                                        BodyPublishers.ofInputStream(
                                                () -> new ByteArrayInputStream(large)))),
                413);
        assertThat(door.policy.received).isEmpty();
    }

    /// A connection closed at once would take the answer with it.
    @Test
    void closesOnlyOnceATooLargeBodyHasArrived() {
        try (RawConnection client = RawConnection.open()) {
            client.send(head("POST /externalnetworks", "Content-Length: " + (2 << 20)));

            assertThat(client.statusLine()).startsWith("HTTP/1.1 413");
            client.write("a".repeat(1 << 20)).write("a".repeat(1 << 20));
            assertThat(client.readToEnd()).contains("connection: close", "Payload Too Large");
        }
    }

    /// Before anyone is known, nothing of a body is read whose length is not said.
    @Test
    void readsNoBodyOfAStranger() {
        assertError(
                door.send(
                        door.request("/externalnetworks", "/acme")
                                .POST(
                                        BodyPublishers.ofInputStream(() ->
                                                new ByteArrayInputStream(new byte[1 << 20])))),
                401);
        assertThat(door.policy.received).isEmpty();
    }

    @Test
    void waitsForABodyOnlySoLong() {
        try (RawConnection client = RawConnection.open()) {
            client.send(head("POST /externalnetworks", "Content-Length: 10")).write("{");

            assertThat(client.statusLine()).startsWith("HTTP/1.1 408");
        }
        assertThat(door.policy.received).isEmpty();
    }

    @Test
    void refusesTooManyHeaders() {
        HttpRequest.Builder request = door.get("/externalnetworks", "/acme");
        for (int i = 0; i < 120; i++) {
            request.header("X-Header-" + i, "value");
        }

        assertError(door.send(request), 431);
        assertThat(door.policy.received).isEmpty();
    }

    @Test
    void refusesHeadersThatAreTooLarge() {
        try (RawConnection client = RawConnection.open()) {
            client.send(head("GET /externalnetworks", "X-Large: " + "a".repeat(70_000)));

            assertThat(client.statusLine()).startsWith("HTTP/1.1 431");
        }
        assertThat(door.policy.received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/namespaces%2f5f0",
                "/v/1/../externalnetworks",
                "/externalnetworks/..%2fnamespaces",
                "/externalnetworks/%2e%2e/namespaces",
                "/externalnetworks//5f0",
                "/externalnetworks;a=b",
                "/externalnetworks\\5f0",
                "/%65xternalnetworks",
            })
    void refusesPathsThatCouldMeanTwoThings(String path) {
        try (RawConnection client = RawConnection.open()) {
            client.send(head("GET " + path));

            assertThat(client.statusLine()).startsWith("HTTP/1.1 400");
        }
        assertThat(door.policy.received).isEmpty();
        assertThat(door.identity.received).isEmpty();
    }

    /// Where a request could end in two places, the second half could be somebody else's request.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked|Transfer-Encoding: identity",
                "Content-Length: 4|Content-Length: 5",
                "Content-Length: 4, 5",
                "Content-Length: +4",
                "Content-Length: -1",
                "Content-Length: 0x4",
            })
    void refusesBodiesWithoutACertainEnd(String headers) {
        try (RawConnection client = RawConnection.open()) {
            client.send(head("POST /externalnetworks", headers.split("\\|")))
                    .write("0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(client.statusLine()).startsWith("HTTP/1.1 400");
            assertThat(client.readToEnd()).doesNotContain("HTTP/1.1 404");
        }
        assertThat(door.policy.received).isEmpty();
    }

    /// RFC 9112 §6.1: chunked wins, the length goes no further, and the service gets one request.
    @Test
    void takesTheChunksWhereThereIsALengthToo() throws Exception {
        try (RawConnection client = RawConnection.open()) {
            client.send(
                            head(
                                    "POST /externalnetworks",
                                    "Content-Length: 45",
                                    "Transfer-Encoding: chunked"))
                    .write("2\r\n{}\r\n0\r\n\r\n");

            String status = client.statusLine();
            assertThat(status).matches("HTTP/1.1 (200|400).*");
            if (status.contains("200")) {
                TestBackend.Received received = door.policy.received.take();
                assertThat(received.body()).asString().isEqualTo("{}");
            }
        }
        assertThat(door.policy.received).isEmpty();
    }

    @Test
    void unfoldsWhatIsFolded() throws Exception {
        try (RawConnection client = RawConnection.open()) {
            client.send(head("GET /externalnetworks", "X-Folded: one", " X-Namespace: /beta"));

            assertThat(client.statusLine()).startsWith("HTTP/1.1 200");
        }
        TestBackend.Received received = door.policy.received.take();
        assertThat(received.assertion().namespace()).isEqualTo("/acme");
        assertThat(received.headers().get("X-namespace")).containsExactly("/acme");
        assertThat(received.headers().get("X-folded")).containsExactly("one X-Namespace: /beta");
    }

    @Test
    void handsOnNothingOfTheConnection() throws Exception {
        try (RawConnection client = RawConnection.open()) {
            client.send(
                    head(
                            "GET /externalnetworks",
                            "Connection: keep-alive, X-Hop",
                            "X-Hop: secret",
                            "TE: trailers",
                            "Keep-Alive: timeout=5",
                            "Proxy-Authorization: Basic abc",
                            "X-Forwarded-Host: evil.example",
                            "Forwarded: for=10.0.0.1",
                            "X-Real-IP: 10.0.0.1"));

            assertThat(client.statusLine()).startsWith("HTTP/1.1 200");
        }
        assertThat(door.policy.received.take().headers())
                .doesNotContainKeys(
                        "X-hop",
                        "Te",
                        "Keep-alive",
                        "Proxy-authorization",
                        "X-forwarded-host",
                        "Forwarded",
                        "X-real-ip",
                        "Authorization");
    }

    private static String[] head(String request, String... headers) {
        List<String> lines =
                new java.util.ArrayList<>(
                        List.of(
                                request + " HTTP/1.1",
                                "Host: localhost",
                                "Authorization: Bearer " + door.tokens.of("alice"),
                                Header.NAMESPACE + ": /acme"));
        lines.addAll(List.of(headers));
        lines.add("");
        return lines.toArray(String[]::new);
    }
}
