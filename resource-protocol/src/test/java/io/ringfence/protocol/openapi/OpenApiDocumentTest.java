package io.ringfence.protocol.openapi;

import static io.ringfence.protocol.declaration.Attribute.anything;
import static io.ringfence.protocol.declaration.Attribute.bool;
import static io.ringfence.protocol.declaration.Attribute.decimal;
import static io.ringfence.protocol.declaration.Attribute.enumeration;
import static io.ringfence.protocol.declaration.Attribute.expression;
import static io.ringfence.protocol.declaration.Attribute.nested;
import static io.ringfence.protocol.declaration.Attribute.nestedList;
import static io.ringfence.protocol.declaration.Attribute.text;
import static io.ringfence.protocol.declaration.Attribute.textMap;
import static io.ringfence.protocol.declaration.Attribute.texts;
import static io.ringfence.protocol.declaration.Attribute.time;
import static io.ringfence.protocol.declaration.Attribute.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.declaration.Mixin;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.relation.Relation;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenApiDocumentTest {
    private static final ResourceDeclaration GATE =
            ResourceDeclaration.resource("gate", "gates")
                    .aliases("gt", "door")
                    .with(Mixin.usual())
                    .attribute(text("code").required().createOnly().longest(8))
                    .attribute(enumeration("state", "Open", "Shut").defaultsTo("Shut"))
                    .attribute(enumeration("kind", "Iron", "Wood"))
                    .attribute(bool("locked"))
                    .attribute(whole("width"))
                    .attribute(decimal("weight"))
                    .attribute(time("lastOpened").readOnly())
                    .attribute(texts("keys").longest(3))
                    .attribute(expression("subject"))
                    .attribute(textMap("notes"))
                    .attribute(nested("lock", text("maker").required(), bool("isOld")))
                    .attribute(nestedList("visits", time("at"), text("by")))
                    .attribute(anything("more"))
                    .build();

    private static final ResourceDeclaration VISITOR =
            ResourceDeclaration.resource("visitor", "visitors")
                    .attribute(text("password").secret())
                    .attribute(text("seal").secret().readOnly())
                    .answeringWith("Visitors are deprecated.")
                    .build();
    private static final Relation VISITORS =
            Relation.between("gate", "visitor").readable().parameter("mode", "in", "out");

    private static final OperationDeclaration KNOCK =
            OperationDeclaration.post("/knock/{id}", "Knock")
                    .sharing("X-Fields")
                    .with("loud", "boolean", "So that all hear it")
                    .taking(Content.object("knock", text("who").required()))
                    .answering(Content.list("answer", text("word")), "X-Count-Total")
                    .answering(218, "Somebody is ill", new Content.Nothing());

    private static final OperationDeclaration SIGN =
            OperationDeclaration.get("/.well-known/sign.txt", "Read the sign")
                    .byAnybody()
                    .answering(new Content.Other("text/plain"));

    private static ObjectNode document() {
        return OpenApiDocument.of(List.of(GATE, VISITOR), List.of(VISITORS), List.of(KNOCK, SIGN));
    }

    @Test
    void isAnOpenApiDocument() {
        SwaggerParseResult read =
                new OpenAPIV3Parser().readContents(document().toString(), null, null);

        assertThat(read.getMessages()).isEmpty();
        assertThat(read.getOpenAPI().getOpenapi()).isEqualTo("3.1.0");
        assertThat(read.getOpenAPI().getPaths())
                .containsOnlyKeys(
                        "/gates",
                        "/gates/{id}",
                        "/gates/{id}/visitors",
                        "/visitors",
                        "/visitors/{id}",
                        "/knock/{id}",
                        "/.well-known/sign.txt");
    }

    @Test
    void saysWhatAnAttributeMayBe() {
        JsonNode schema = document().at("/components/schemas/gate");

        assertThat(schema.path("required"))
                .extracting(JsonNode::asText)
                .containsExactly("name", "code");
        assertThat(schema.at("/properties/code"))
                .hasToString(
                        "{\"type\":\"string\",\"maxLength\":8,\"x-create-only\":true,"
                                + "\"description\":\"Fixed once the object exists.\"}");
        assertThat(schema.at("/properties/state"))
                .hasToString(
                        "{\"type\":\"string\",\"enum\":[\"Open\",\"Shut\"],\"default\":\"Shut\"}");
        assertThat(schema.at("/properties/kind/enum"))
                .as("no value is answered as an empty text")
                .hasToString("[\"Iron\",\"Wood\",\"\"]");
        assertThat(schema.at("/properties/lastOpened/readOnly").asBoolean()).isTrue();
        assertThat(schema.at("/properties/lastOpened/format").asText()).isEqualTo("date-time");
        assertThat(schema.at("/properties/keys/maxItems").asInt()).isEqualTo(3);
        assertThat(schema.at("/properties/subject/items/items/type").asText()).isEqualTo("string");
        assertThat(schema.at("/properties/lock/required")).hasToString("[\"maker\"]");
        assertThat(schema.at("/properties/visits/items/properties/at/format").asText())
                .isEqualTo("date-time");
    }

    @Test
    void aSparseUpdateRequiresNothing() {
        JsonNode sparse = document().at("/components/schemas/gate.sparse");

        assertThat(sparse.has("required")).isFalse();
        assertThat(sparse.at("/properties/state").has("default")).isFalse();
        assertThat(
                        document()
                                .at(
                                        "/paths/~1gates~1{id}/patch/requestBody/content/application~1json/schema/$ref")
                                .asText())
                .isEqualTo("#/components/schemas/gate.sparse");
    }

    @Test
    void everyOperationMayBeRefusedWithTheErrorArray() {
        document()
                .path("paths")
                .forEach(path ->
                        path.forEach(operation ->
                                assertThat(operation.at("/responses/4XX/$ref").asText())
                                        .isEqualTo("#/components/responses/refused")));
        assertThat(document().at("/components/schemas/errors/items/$ref").asText())
                .isEqualTo("#/components/schemas/error");
    }

    @Test
    void namesOtherSegments() {
        assertThat(document().at("/tags/1"))
                .hasToString("{\"name\":\"gate\",\"x-aliases\":[\"door\",\"gt\"]}");
    }

    @Test
    void describesOperationsThatAreNoVerbs() {
        JsonNode knock = document().at("/paths/~1knock~1{id}/post");

        assertThat(knock.path("operationId").asText()).isEqualTo("postKnockId");
        assertThat(knock.path("parameters"))
                .extracting(each -> each.path("name").asText() + each.path("$ref").asText())
                .containsExactly(
                        "id",
                        "#/components/parameters/X-Namespace",
                        "#/components/parameters/X-Fields",
                        "loud");
        assertThat(
                        knock.at("/responses/200/content/application~1msgpack/schema/items/$ref")
                                .asText())
                .isEqualTo("#/components/schemas/answer");
        assertThat(knock.at("/responses/218/description").asText()).isEqualTo("Somebody is ill");
        JsonNode sign = document().at("/paths/~1.well-known~1sign.txt/get");
        assertThat(sign.path("security")).hasToString("[]");
        assertThat(sign.at("/responses/200/content").has("text/plain")).isTrue();
    }

    @Test
    void describesRelations() {
        JsonNode path = document().at("/paths/~1gates~1{id}~1visitors");

        assertThat(path.fieldNames()).toIterable().containsExactly("get", "head");
        assertThat(path.at("/get/operationId").asText()).isEqualTo("listVisitorsOfGate");
        assertThat(path.path("get").path("parameters"))
                .last()
                .hasToString(
                        "{\"name\":\"mode\",\"in\":\"query\",\"schema\":{\"type\":\"string\",\"enum\":[\"in\",\"out\"]}}");
    }

    @Test
    void tellsWhatIsNeverAnsweredAndWhatIsDeprecated() {
        assertThat(
                        document()
                                .at("/components/schemas/visitor/properties/password/writeOnly")
                                .asBoolean())
                .isTrue();
        assertThat(document().path("tags"))
                .last()
                .hasToString("{\"name\":\"visitor\",\"description\":\"Visitors are deprecated.\"}");
    }

    @Test
    void isSilentAboutWhatIsNeitherSentNorAnswered() {
        assertThat(document().at("/components/schemas/visitor/properties").has("seal")).isFalse();
    }

    @Test
    void partsMakeTheWhole() {
        ObjectNode gates = OpenApiDocument.of(List.of(GATE, VISITOR), List.of(VISITORS), List.of());
        ObjectNode others = OpenApiDocument.of(List.of(), List.of(), List.of(SIGN, KNOCK));

        assertThat(OpenApiDocument.merged(List.of(others, gates))).isEqualTo(document());
    }

    @Test
    void refusesTwoWordsForOneThing() {
        ObjectNode one = OpenApiDocument.of(List.of(), List.of(), List.of(KNOCK));
        ObjectNode other =
                OpenApiDocument.of(
                        List.of(),
                        List.of(),
                        List.of(OperationDeclaration.post("/knock/{id}", "Knock twice")));

        assertThatIllegalStateException()
                .isThrownBy(() -> OpenApiDocument.merged(List.of(one, other)))
                .withMessageContaining("post");
    }
}
