package io.ringfence.policy.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ringfence.protocol.error.ApiException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentFormatTest {
    private static final String YAML = "application/yaml";

    @Test
    void readsYamlAndJsonAlike() {
        byte[] yaml = bytes("label: shop\ndata:\n  externalnetworks:\n  - {name: dns}\n");
        byte[] json =
                bytes("{\"label\":\"shop\",\"data\":{\"externalnetworks\":[{\"name\":\"dns\"}]}}");

        assertThat(DocumentFormat.read(YAML, yaml))
                .isEqualTo(DocumentFormat.read("application/json", json));
        assertThat(DocumentFormat.read("application/x-yaml; charset=utf-8", yaml)).isNotNull();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    an alias            | a: &x [1]\\nb: *x             | line 2
                    a key twice         | a: 1\\na: 2                   | uplicate
                    two documents       | a: 1\\n---\\nb: 2             | one document
                    a list              | - a                           | one map
                    a bare text         | hello                         | one map
                    an open bracket     | a: [1                         | line
                    a tab               | a:\\n\\tb: 1                  | line
                    """)
    void refuses(String sentence, String yaml, String reason) {
        ApiException refusal =
                catchThrowableOfType(
                        ApiException.class,
                        () ->
                                DocumentFormat.read(
                                        YAML,
                                        bytes(yaml.replace("\\n", "\n").replace("\\t", "\t"))));
        assertThat(refusal).as(sentence).isNotNull();
        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal).hasMessageContaining(reason);
    }

    @Test
    void refusesDepthWithoutEnd() {
        ApiException refusal =
                catchThrowableOfType(
                        ApiException.class,
                        () -> DocumentFormat.read(YAML, bytes("a: " + "[".repeat(5_000))));
        assertThat(refusal.status()).isEqualTo(400);
    }

    @Test
    void makesNoObjectsFromTags() {
        assertThat(
                        DocumentFormat.read(
                                        YAML, bytes("a: !!javax.script.ScriptEngineManager [x]"))
                                .path("a")
                                .isArray())
                .isTrue();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
