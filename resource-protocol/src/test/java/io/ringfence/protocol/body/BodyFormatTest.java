package io.ringfence.protocol.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.error.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyFormatTest {

    @Test
    void speaksMessagePackBothWays() {
        ObjectNode object =
                BodyFormat.JSON.readObject(
                        "{\"name\":\"ä\",\"n\":[1,true,null]}".getBytes(StandardCharsets.UTF_8));
        byte[] packed = BodyFormat.MESSAGE_PACK.write(object);

        assertThat(BodyFormat.MESSAGE_PACK.readObject(packed).toString())
                .isEqualTo(object.toString());
    }

    @Test
    void namesLineAndColumn() {
        ApiException refusal =
                catchThrowableOfType(
                        ApiException.class,
                        () ->
                                BodyFormat.JSON.readObject(
                                        "{\n \"a\": nul }".getBytes(StandardCharsets.UTF_8)));
        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal).hasMessageContaining("line 2, column");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    nothing           | ``
                    a list            | []
                    a bare text       | "a"
                    two objects       | {} {}
                    a key twice       | {"a": 1, "a": 2}
                    an open object    | {"a": 1
                    """)
    void refuses(String sentence, String body) {
        ApiException refusal =
                catchThrowableOfType(
                        ApiException.class,
                        () -> BodyFormat.JSON.readObject(body.getBytes(StandardCharsets.UTF_8)));
        assertThat(refusal).as(sentence).isNotNull();
        assertThat(refusal.status()).isEqualTo(400);
    }

    @Test
    void refusesDepthWithoutEnd() {
        String deep = "{\"a\":".repeat(1000) + "1" + "}".repeat(1000);
        ApiException refusal =
                catchThrowableOfType(
                        ApiException.class,
                        () -> BodyFormat.JSON.readObject(deep.getBytes(StandardCharsets.UTF_8)));
        assertThat(refusal.status()).isEqualTo(400);
    }

    @Test
    void choosesByHeader() {
        assertThat(BodyFormat.ofContentType("application/json; charset=utf-8"))
                .isEqualTo(BodyFormat.JSON);
        assertThat(BodyFormat.ofContentType("application/msgpack"))
                .isEqualTo(BodyFormat.MESSAGE_PACK);
        assertThat(BodyFormat.ofAccept(List.of("text/html, application/msgpack;q=0.9")))
                .isEqualTo(BodyFormat.MESSAGE_PACK);
        assertThat(BodyFormat.ofAccept(List.of("*/*"))).isEqualTo(BodyFormat.JSON);
        assertThat(
                        catchThrowableOfType(
                                        ApiException.class,
                                        () -> BodyFormat.ofContentType("text/plain"))
                                .status())
                .isEqualTo(415);
    }
}
