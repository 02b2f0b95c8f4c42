package io.ringfence.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.ringfence.testkit.installation.ProjectFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A checked-in file that shows in a diff what a change does to the API. Written anew with
/// `-Dringfence.golden=write`.
final class Golden {
    private static final ObjectMapper YAML =
            new ObjectMapper(
                    new YAMLFactory()
                            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                            .disable(YAMLGenerator.Feature.SPLIT_LINES)
                            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR));

    private final Path file;

    private Golden(Path file) {
        this.file = file;
    }

    /// @param path within the project
    static Golden at(String path) {
        return new Golden(ProjectFolder.root().resolve(path));
    }

    void holds(JsonNode content) {
        try {
            String text = YAML.writeValueAsString(content);
            if ("write".equals(System.getProperty("ringfence.golden"))) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            }
            assertThat(text)
                    .as(
                            "%s is what the service says; if it changed on purpose, write the file anew with -Dringfence.golden=write",
                            file.getFileName())
                    .isEqualTo(Files.exists(file) ? Files.readString(file) : "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
