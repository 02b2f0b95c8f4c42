package io.ringfence.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ringfence.trust.certificate.CertificateAuthority;
import io.ringfence.trust.certificate.Pem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DocumentCommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SHOP =
            """
            APIVersion: 1
            label: shop
            data:
              externalnetworks:
              - {name: dns, entries: [10.0.0.2]}
            """;

    private record Call(String target, String namespace, JsonNode body) {}

    private final List<Call> calls = new ArrayList<>();
    private final PrintStream before = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private HttpServer server;
    private String answer = "{}";
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
    void showsAPlanAsTheGoldenFileDoes() throws IOException {
        answer = resource("plan-answer.json");

        assertThat(run("import", "-f", file(SHOP), "-n", "/acme", "--plan", "--skip", "namespaces"))
                .isZero();

        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo(resource("plan.txt"));
        assertThat(calls.getFirst().target()).isEqualTo("/import?plan=true&skip=namespaces");
        assertThat(calls.getFirst().body().path("data").path("label").asText()).isEqualTo("shop");
    }

    @Test
    void takesBackWhatALabelBrought() throws IOException {
        assertThat(run("import", "-f", file(SHOP), "-n", "/acme", "--delete", "--override"))
                .isZero();

        assertThat(calls.getFirst().body().path("mode").asText()).isEqualTo("Remove");
        assertThat(calls.getFirst().target()).isEqualTo("/import?override=true");
    }

    @Test
    void importsEachDocumentIntoTheNamespaceItNames() throws IOException {
        String both = SHOP + "---\nnamespace: /acme/web\n" + SHOP;

        assertThat(run("import", "-f", file(both), "-n", "/acme")).isZero();

        assertThat(calls).extracting(Call::namespace).containsExactly("/acme", "/acme/web");
        assertThat(calls.getLast().body().path("data").has("namespace")).isFalse();
    }

    @Test
    void exportsWhatIsNamedAndFiltered() throws JsonProcessingException {
        assertThat(
                        run(
                                "export",
                                "netruleset",
                                "extnets",
                                "-n",
                                "/acme",
                                "--label",
                                "shop",
                                "--filter",
                                "propagate == true"))
                .isZero();

        assertThat(calls.getFirst().target()).startsWith("/export?q=propagate");
        assertThat(calls.getFirst().body())
                .isEqualTo(
                        JSON.readTree(
                                "{\"label\":\"shop\",\"identities\":[\"netruleset\",\"extnets\"],\"namespaces\":[]}"));
    }

    @Test
    void exportsANamespaceWithAllBelowAsOneStream() {
        answer =
                "{\"documents\":[{\"namespace\":\"/acme\"},{\"namespace\":\"/acme/web\"}],\"name\":\"/acme/web\"}";

        assertThat(run("export", "-r", "-n", "/acme")).isZero();

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .isEqualTo("---\nnamespace: \"/acme\"\n---\nnamespace: \"/acme/web\"\n");
        assertThat(calls.getFirst().target()).isEqualTo("/namespaces?recursive=true");
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("document.yaml"), text).toString();
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = DocumentCommandsTest.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        }
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
        return new CommandLine(new ApiCommands())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(all.toArray(String[]::new));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        calls.add(
                new Call(
                        exchange.getRequestURI().toString(),
                        exchange.getRequestHeaders().getFirst("X-Namespace"),
                        JSON.readTree(body)));
        String text =
                exchange.getRequestMethod().equals("GET") ? "[{\"name\":\"/acme/web\"}]" : answer;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
