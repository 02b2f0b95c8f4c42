package io.ringfence.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsQueryCommandTest {
    private FakeConsole console;
    @TempDir private Path folder;

    @BeforeEach
    void serve() throws IOException {
        String flows = resource("flows-answer.json");
        console =
                new FakeConsole(
                        folder,
                        call ->
                                switch (call.method()) {
                                    case "POST" -> flows;
                                    default ->
                                            "[{\"ID\":\"u1\",\"name\":\"web\"},{\"ID\":\"u2\",\"name\":\"db\"}]";
                                });
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void showsFlowsAsTheGoldenFileDoes() throws IOException {
        assertThat(run("-o", "table")).isZero();
        assertThat(console.text()).isEqualTo(resource("flows.txt"));
        assertThat(console.calls().getFirst().target())
                .isEqualTo("/reportsqueries?startRelative=-1h");
    }

    @Test
    void printsReportsAsTheyCame() throws IOException {
        ObjectMapper json = new ObjectMapper();
        assertThat(run("-o", "json")).isZero();
        JsonNode sent = json.readTree(resource("flows-answer.json")).path("flowReports");
        assertThat(json.readTree(console.printed())).isEqualTo(sent);
    }

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "flows";
        all[1] = "-n";
        all[2] = "/acme/shop";
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return console.run(new ReportsQueryCommand(), all);
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = ReportsQueryCommandTest.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
