package io.ringfence.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ringfence.trust.certificate.CertificateAuthority;
import io.ringfence.trust.certificate.Pem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AppCredentialCommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CREDENTIALS =
            "{\"APIURL\":\"https://console\",\"ID\":\"%s\",\"certificate\":\"\",\"certificateKey\":\"\"}"
                    .formatted("a".repeat(24));

    private record Call(String method, String target, String body) {}

    private final List<Call> calls = new ArrayList<>();
    private final PrintStream before = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private HttpServer server;
    @TempDir private Path folder;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        Pem.write(
                folder.resolve("ca.pem"),
                Pem.of(CertificateAuthority.create("test", Clock.systemUTC()).certificate()));
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        System.setOut(before);
        server.stop(0);
    }

    @Test
    void printsANewCredentialAsJson() throws Exception {
        assertThat(run("create", "build", "--role", "@auth:role=namespace.viewer")).isZero();
        JsonNode sent = JSON.readTree(calls.getFirst().body());
        assertThat(sent.path("name").asText()).isEqualTo("build");
        assertThat(sent.path("roles").path(0).asText()).isEqualTo("@auth:role=namespace.viewer");
        assertThat(JSON.readTree(printed.toByteArray())).isEqualTo(JSON.readTree(CREDENTIALS));
    }

    @Test
    void printsANewCredentialAsASecret() throws Exception {
        assertThat(run("create", "build", "--role", "x,get", "--type", "k8s")).isZero();
        JsonNode secret = new YAMLMapper().readTree(printed.toByteArray());
        assertThat(secret.path("kind").asText()).isEqualTo("Secret");
        assertThat(secret.path("metadata").path("name").asText()).isEqualTo("build");
        byte[] data =
                Base64.getDecoder().decode(secret.path("data").path("default.creds").asText());
        assertThat(JSON.readTree(data)).isEqualTo(JSON.readTree(CREDENTIALS));
    }

    @Test
    void findsACredentialByItsName() throws Exception {
        assertThat(run("disable", "build")).isZero();
        assertThat(calls.getFirst().target()).startsWith("/appcredentials?q=name");
        assertThat(calls.getLast().method()).isEqualTo("PATCH");
        assertThat(calls.getLast().target()).isEqualTo("/appcredentials/" + "a".repeat(24));
        assertThat(calls.getLast().body()).isEqualTo("{\"disabled\":true}");
    }

    /// The key is made here and never sent.
    @Test
    void renewsWithAKeyOfItsOwn() throws Exception {
        assertThat(run("renew", "a".repeat(24))).isZero();
        assertThat(JSON.readTree(calls.getLast().body()).path("CSR").asText())
                .startsWith("-----BEGIN CERTIFICATE REQUEST-----");
        String key =
                new String(
                        Base64.getDecoder()
                                .decode(
                                        JSON.readTree(printed.toByteArray())
                                                .path("certificateKey")
                                                .asText()),
                        StandardCharsets.UTF_8);
        assertThat(Pem.privateKey(key)).isNotNull();
        assertThat(calls.toString()).doesNotContain("PRIVATE KEY");
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(
                List.of(
                        "--api",
                        "http://127.0.0.1:" + server.getAddress().getPort(),
                        "--token",
                        "t",
                        "--api-cacert",
                        folder.resolve("ca.pem").toString()));
        return new CommandLine(new AppCredentialCommands())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(all.toArray(String[]::new));
    }

    private void answer(HttpExchange exchange) throws IOException {
        calls.add(
                new Call(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        new String(
                                exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        boolean isList = exchange.getRequestMethod().equals("GET");
        String object = "{\"ID\":\"%s\",\"credentials\":%s}".formatted("a".repeat(24), CREDENTIALS);
        byte[] body = (isList ? "[" + object + "]" : object).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
