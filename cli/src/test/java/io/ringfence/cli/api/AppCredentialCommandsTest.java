package io.ringfence.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.ringfence.trust.certificate.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppCredentialCommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CREDENTIALS =
            "{\"APIURL\":\"https://console\",\"ID\":\"%s\",\"certificate\":\"\",\"certificateKey\":\"\"}"
                    .formatted("a".repeat(24));

    private FakeConsole console;
    @TempDir private Path folder;

    @BeforeEach
    void serve() throws IOException {
        console = new FakeConsole(folder, AppCredentialCommandsTest::answer);
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void printsANewCredentialAsJson() throws Exception {
        assertThat(run("create", "build", "--role", "@auth:role=namespace.viewer")).isZero();
        JsonNode sent = JSON.readTree(console.calls().getFirst().body());
        assertThat(sent.path("name").asText()).isEqualTo("build");
        assertThat(sent.path("roles").path(0).asText()).isEqualTo("@auth:role=namespace.viewer");
        assertThat(JSON.readTree(console.printed())).isEqualTo(JSON.readTree(CREDENTIALS));
    }

    @Test
    void printsANewCredentialAsASecret() throws Exception {
        assertThat(run("create", "build", "--role", "x,get", "--type", "k8s")).isZero();
        JsonNode secret = new YAMLMapper().readTree(console.printed());
        assertThat(secret.path("kind").asText()).isEqualTo("Secret");
        assertThat(secret.path("metadata").path("name").asText()).isEqualTo("build");
        byte[] data =
                Base64.getDecoder().decode(secret.path("data").path("default.creds").asText());
        assertThat(JSON.readTree(data)).isEqualTo(JSON.readTree(CREDENTIALS));
    }

    @Test
    void findsACredentialByItsName() throws Exception {
        assertThat(run("disable", "build")).isZero();
        assertThat(console.calls().getFirst().target()).startsWith("/appcredentials?q=name");
        assertThat(console.calls().getLast().method()).isEqualTo("PATCH");
        assertThat(console.calls().getLast().target())
                .isEqualTo("/appcredentials/" + "a".repeat(24));
        assertThat(console.calls().getLast().body()).isEqualTo("{\"disabled\":true}");
    }

    /// The key is made here and never sent.
    @Test
    void renewsWithAKeyOfItsOwn() throws Exception {
        assertThat(run("renew", "a".repeat(24))).isZero();
        assertThat(JSON.readTree(console.calls().getLast().body()).path("CSR").asText())
                .startsWith("-----BEGIN CERTIFICATE REQUEST-----");
        String key =
                new String(
                        Base64.getDecoder()
                                .decode(
                                        JSON.readTree(console.printed())
                                                .path("certificateKey")
                                                .asText()),
                        StandardCharsets.UTF_8);
        assertThat(Pem.privateKey(key)).isNotNull();
        assertThat(console.calls().toString()).doesNotContain("PRIVATE KEY");
    }

    private int run(String... arguments) {
        return console.run(new AppCredentialCommands(), arguments);
    }

    private static String answer(FakeConsole.Call call) {
        String object = "{\"ID\":\"%s\",\"credentials\":%s}".formatted("a".repeat(24), CREDENTIALS);
        return call.method().equals("GET") ? "[" + object + "]" : object;
    }
}
