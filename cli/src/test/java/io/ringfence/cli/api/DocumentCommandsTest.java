package io.ringfence.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    private FakeConsole console;
    private String answer = "{}";
    @TempDir private Path folder;

    @BeforeEach
    void serve() throws IOException {
        console =
                new FakeConsole(
                        folder,
                        call ->
                                call.method().equals("GET")
                                        ? "[{\"name\":\"/acme/web\"}]"
                                        : answer);
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void showsAPlanAsTheGoldenFileDoes() throws IOException {
        answer = resource("plan-answer.json");

        assertThat(run("import", "-f", file(SHOP), "-n", "/acme", "--plan", "--skip", "namespaces"))
                .isZero();

        assertThat(console.text()).isEqualTo(resource("plan.txt"));
        assertThat(console.calls().getFirst().target())
                .isEqualTo("/import?plan=true&skip=namespaces");
        assertThat(sent(console.calls().getFirst()).path("data").path("label").asText())
                .isEqualTo("shop");
    }

    @Test
    void takesBackWhatALabelBrought() throws IOException {
        assertThat(run("import", "-f", file(SHOP), "-n", "/acme", "--delete", "--override"))
                .isZero();

        assertThat(sent(console.calls().getFirst()).path("mode").asText()).isEqualTo("Remove");
        assertThat(console.calls().getFirst().target()).isEqualTo("/import?override=true");
    }

    @Test
    void importsEachDocumentIntoTheNamespaceItNames() throws IOException {
        String both = SHOP + "---\nnamespace: /acme/web\n" + SHOP;

        assertThat(run("import", "-f", file(both), "-n", "/acme")).isZero();

        assertThat(console.calls())
                .extracting(FakeConsole.Call::namespace)
                .containsExactly("/acme", "/acme/web");
        assertThat(sent(console.calls().getLast()).path("data").has("namespace")).isFalse();
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

        assertThat(console.calls().getFirst().target()).startsWith("/export?q=propagate");
        assertThat(sent(console.calls().getFirst()))
                .isEqualTo(
                        JSON.readTree(
                                "{\"label\":\"shop\",\"identities\":[\"netruleset\",\"extnets\"],\"namespaces\":[]}"));
    }

    @Test
    void exportsANamespaceWithAllBelowAsOneStream() {
        answer =
                "{\"documents\":[{\"namespace\":\"/acme\"},{\"namespace\":\"/acme/web\"}],\"name\":\"/acme/web\"}";

        assertThat(run("export", "-r", "-n", "/acme")).isZero();

        assertThat(console.text())
                .isEqualTo("---\nnamespace: \"/acme\"\n---\nnamespace: \"/acme/web\"\n");
        assertThat(console.calls().getFirst().target()).isEqualTo("/namespaces?recursive=true");
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
        return console.run(new ApiCommands(), arguments);
    }

    private static JsonNode sent(FakeConsole.Call call) throws JsonProcessingException {
        return JSON.readTree(call.body());
    }
}
