package io.ringfence.policy.exporting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.policy.document.DocumentFormat;
import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.declaration.Mixin;
import io.ringfence.protocol.declaration.ObjectCheck;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OwnAttributesTest {
    private static final int OBJECTS = 3_000;

    /// What YAML might take for something else, and what it has to escape.
    private static final List<String> TEXTS =
            List.of(
                    "",
                    "plain",
                    "two words",
                    "yes",
                    "no",
                    "on",
                    "null",
                    "~",
                    "true",
                    "0777",
                    "0x1F",
                    "1_000",
                    "1e3",
                    "12:30:45",
                    "2021-04-07",
                    ".inf",
                    "- a",
                    "a: b",
                    "a #b",
                    "!c",
                    "&a",
                    "*a",
                    "@org:x=y",
                    "`x`",
                    "'quoted'",
                    "\"quoted\"",
                    " leading",
                    "trailing ",
                    "two\nlines",
                    "ends\n",
                    "\n\nfirst",
                    " indented\n  more\n",
                    "tab\there",
                    "\ttab",
                    "carriage\r\nreturn",
                    "\u0085next",
                    "\u2028line",
                    "\uFEFFmark",
                    "gr\u00fc\u00df",
                    "\uD83D\uDE00",
                    "{{ .Values.a }}",
                    "%percent",
                    "---",
                    "...",
                    "<<",
                    "=");

    private static final ResourceDeclaration THING =
            ResourceDeclaration.resource("thing", "things")
                    .with(Mixin.usual())
                    .attribute(Attribute.bool("on").defaultsTo(true))
                    .attribute(Attribute.bool("off"))
                    .attribute(Attribute.whole("many").defaultsTo(3))
                    .attribute(Attribute.decimal("weight"))
                    .attribute(Attribute.time("since"))
                    .attribute(Attribute.enumeration("kind", "A", "B").defaultsTo("A").required())
                    .attribute(Attribute.texts("words"))
                    .attribute(Attribute.expression("subject"))
                    .attribute(Attribute.textMap("map"))
                    .attribute(Attribute.text("password").secret())
                    .attribute(Attribute.text("made").readOnly())
                    .attribute(
                            Attribute.nested(
                                    "tracing",
                                    Attribute.text("interval").defaultsTo("10s"),
                                    Attribute.bool("deep")))
                    .attribute(
                            Attribute.nestedList(
                                    "rules",
                                    Attribute.enumeration("action", "Allow", "Reject")
                                            .defaultsTo("Allow")
                                            .required(),
                                    Attribute.texts("ports"),
                                    Attribute.text("note"),
                                    Attribute.text("key").secret(),
                                    Attribute.texts("networks").readOnly()))
                    .build();

    private final Random random = new Random(5);

    @Test
    void whatIsExportedIsWhatWasStored() {
        for (int i = 0; i < OBJECTS; i++) {
            ObjectNode stored = ObjectCheck.forCreate(THING, sent());
            ObjectNode own = OwnAttributes.of(THING, stored);

            for (String format : List.of("application/yaml", "application/json")) {
                ObjectNode read =
                        DocumentFormat.read(
                                format, DocumentFormat.write(List.of(format), own).bytes());
                assertThat(ObjectCheck.forCreate(THING, read))
                        .as("%s: %s", format, own)
                        .isEqualTo(THING.withoutSecrets(stored));
            }
        }
    }

    @Test
    void saysNeitherSecretsNorWhatTheConsoleFillsInNorDefaults() {
        ObjectNode sent = JsonNodeFactory.instance.objectNode();
        sent.put("name", "a").put("password", "hunter2").put("kind", "A").put("many", 3);
        sent.putArray("rules").addObject().put("key", "hunter2").put("note", "n");
        ObjectNode stored = ObjectCheck.forCreate(THING, sent);
        stored.put("ID", "1").put("made", "here").put("updateTime", "2021-04-07T10:00:00.000Z");

        assertThat(OwnAttributes.of(THING, stored).toString())
                .isEqualTo(
                        "{\"name\":\"a\",\"kind\":\"A\",\"rules\":[{\"action\":\"Allow\",\"note\":\"n\"}]}");
    }

    private ObjectNode sent() {
        ObjectNode sent = JsonNodeFactory.instance.objectNode();
        sent.put("name", "n" + text()).put("kind", random.nextBoolean() ? "A" : "B");
        maybe(() -> sent.put("description", text()));
        maybe(() -> sent.put("protected", random.nextBoolean()));
        maybe(() -> sent.put("on", random.nextBoolean()));
        maybe(() -> sent.put("off", random.nextBoolean()));
        maybe(() -> sent.put("many", random.nextInt(5) - 1));
        maybe(() -> sent.put("weight", random.nextInt(9) / 4.0));
        maybe(() -> sent.put("since", "2021-04-07T10:00:0%dZ".formatted(random.nextInt(9))));
        maybe(() -> texts(sent.putArray("words")));
        maybe(() -> texts(sent.putArray("subject").addArray()));
        maybe(() -> sent.putObject("map").put("k" + text(), text()));
        maybe(() -> texts(sent.putObject("annotations").putArray("a" + text())));
        maybe(() -> sent.put("password", text()));
        maybe(() ->
                sent.putObject("tracing")
                        .put("interval", random.nextBoolean() ? "10s" : text())
                        .put("deep", random.nextBoolean()));
        maybe(() -> {
            ArrayNode rules = sent.putArray("rules");
            for (int i = random.nextInt(3); i >= 0; i--) {
                ObjectNode rule =
                        rules.addObject().put("action", random.nextBoolean() ? "Allow" : "Reject");
                maybe(() -> rule.put("note", text()));
                maybe(() -> rule.put("key", text()));
                maybe(() -> texts(rule.putArray("ports")));
            }
        });
        return sent;
    }

    private void maybe(Runnable step) {
        if (random.nextInt(3) > 0) {
            step.run();
        }
    }

    private void texts(ArrayNode list) {
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(text());
        }
    }

    private String text() {
        String one = TEXTS.get(random.nextInt(TEXTS.size()));
        return random.nextInt(4) == 0 ? one + TEXTS.get(random.nextInt(TEXTS.size())) : one;
    }
}
