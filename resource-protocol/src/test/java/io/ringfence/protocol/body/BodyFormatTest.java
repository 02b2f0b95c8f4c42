package io.ringfence.protocol.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.error.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "2026-11-27T10:11:12.345Z, d7ff",
        "2026-11-27T10:11:12.000Z, d6ff",
        "1969-12-31T23:59:59.500Z, c70cff",
        "0001-01-01T00:00:00.000Z, c70cff",
        "9998-12-31T23:59:59.999Z, c70cff"
    })
    void packsTimesAsTimestamps(String time, String header) {
        ResourceDeclaration thing =
                ResourceDeclaration.resource("thing", "things")
                        .attribute(Attribute.nested("lock", Attribute.time("since")))
                        .build();
        ObjectNode object =
                BodyFormat.JSON.readObject(
                        "{\"createTime\":\"%1$s\",\"ID\":\"%1$s\",\"lock\":{\"since\":\"%1$s\"}}"
                                .formatted(time)
                                .getBytes(StandardCharsets.UTF_8));
        byte[] packed = BodyFormat.MESSAGE_PACK.write(thing, object);

        assertThat(HexFormat.of().formatHex(packed).split(header, -1)).hasSize(3);
        assertThat(BodyFormat.MESSAGE_PACK.readObject(packed)).isEqualTo(object);
        assertThat(BodyFormat.JSON.write(thing, object)).asString().contains("\"" + time + "\"");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            longs = {0, 127, 128, -1, -33, 65_536, 4_294_967_296L, Long.MAX_VALUE, Long.MIN_VALUE})
    void packsWholeNumbers(long number) {
        byte[] packed =
                BodyFormat.MESSAGE_PACK.write(
                        JsonNodeFactory.instance.objectNode().put("n", number));
        assertThat(BodyFormat.MESSAGE_PACK.readObject(packed).path("n").longValue())
                .isEqualTo(number);
    }

    @Test
    void refusesExtensionsThatAreNoTimes() {
        byte[] body = HexFormat.of().parseHex("81a16ed40500");
        assertThat(
                        catchThrowableOfType(
                                        ApiException.class,
                                        () -> BodyFormat.MESSAGE_PACK.readObject(body))
                                .status())
                .isEqualTo(400);
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

    @Test
    void readsBackNamesBeyondTheBasicPlane() {
        ObjectNode sent = JsonNodeFactory.instance.objectNode().put("\uD83D\uDE00", "\uD83D\uDE00");
        for (BodyFormat format : BodyFormat.values()) {
            assertThat(format.readObject(format.write(sent))).isEqualTo(sent);
        }
    }
}
