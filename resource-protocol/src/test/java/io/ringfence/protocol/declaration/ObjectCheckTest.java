package io.ringfence.protocol.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.protocol.error.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectCheckTest {
    private static final ResourceDeclaration THING =
            ResourceDeclaration.resource("thing", "things")
                    .with(Mixin.usual())
                    .attribute(Attribute.enumeration("type", "Big", "Small").defaultsTo("Big"))
                    .attribute(Attribute.text("home").createOnly())
                    .attribute(Attribute.text("state").readOnly())
                    .attribute(Attribute.bool("isOpen").defaultsTo(true))
                    .attribute(Attribute.whole("size"))
                    .attribute(Attribute.time("seen"))
                    .attribute(Attribute.text("password").secret())
                    .attribute(Attribute.nested("lock", Attribute.text("code").secret()))
                    .attribute(
                            Attribute.nestedList(
                                    "parts",
                                    Attribute.text("code").required().longest(4),
                                    Attribute.texts("marks").longest(2)))
                    .build();

    private static ObjectNode json(String text) {
        return BodyFormat.JSON.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode created(String text) {
        return ObjectCheck.forCreate(THING, json(text));
    }

    @Test
    void completesWhatIsMissing() {
        ObjectNode object = created("{'name': 'a'}");

        assertThat(object.path("type").asText()).isEqualTo("Big");
        assertThat(object.path("isOpen").asBoolean()).isTrue();
        assertThat(object.path("associatedTags").isArray()).isTrue();
        assertThat(object.has("createTime")).isFalse();
    }

    @Test
    void keepsAFalseThatWasMeant() {
        assertThat(created("{'name': 'a', 'isOpen': false}").path("isOpen").asBoolean()).isFalse();
    }

    @Test
    void takesWhatTheStockClientSends() {
        ObjectNode object =
                created(
                        """
                        {'ID': '', 'namespace': '', 'createTime': null, 'normalizedTags': [],
                         'updateTime': '0001-01-01T00:00:00Z', 'annotations': {}, 'name': 'a',
                         'type': '', 'state': '', 'home': '', 'somethingNewer': null, 'parts': null}
                        """);
        assertThat(object.path("name").asText()).isEqualTo("a");
        assertThat(object.path("type").asText()).isEqualTo("Big");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    a name is required        | {}                                          | name
                    an empty name is none     | {'name': ''}                                | name
                    not in the enumeration    | {'name': 'a', 'type': 'Huge'}               | type
                    read-only                 | {'name': 'a', 'state': 'x'}                 | state
                    unknown                   | {'name': 'a', 'colour': 'red'}              | colour
                    text for a number         | {'name': 'a', 'size': '1'}                  | size
                    a fraction                | {'name': 'a', 'size': 1.5}                  | size
                    text for a truth          | {'name': 'a', 'isOpen': 'yes'}              | isOpen
                    no time                   | {'name': 'a', 'seen': 'yesterday'}          | seen
                    a tag without =           | {'name': 'a', 'associatedTags': ['x']}      | associatedTags
                    a system tag by a user    | {'name': 'a', 'associatedTags': ['@a=b']}   | associatedTags
                    a reserved tag            | {'name': 'a', 'associatedTags': ['+a=b']}   | associatedTags
                    metadata without @        | {'name': 'a', 'metadata': ['a=b']}          | metadata
                    an identity as metadata   | {'name': 'a', 'metadata': ['@auth:a=b']}    | metadata
                    not a list                | {'name': 'a', 'associatedTags': 'a=b'} | associatedTags
                    a list of other things    | {'name': 'a', 'parts': ['x']}               | parts
                    required inside           | {'name': 'a', 'parts': [{}]}                | parts
                    too long inside           | {'name': 'a', 'parts': [{'code': 'abcde'}]} | parts
                    too many inside           | {'name': 'a', 'parts': [{'code': 'a', 'marks': ['a','b','c']}]} | parts
                    unknown inside            | {'name': 'a', 'parts': [{'code': 'a', 'x': 1}]} | parts
                    a tag that is no text     | {'name': 'a', 'associatedTags': [1]}        | associatedTags
                    a tag with a blank key    | {'name': 'a', 'associatedTags': ['a b=c']}  | associatedTags
                    a tag without a value     | {'name': 'a', 'associatedTags': ['a=']}     | associatedTags
                    a derived tag by a user   | {'name': 'a', 'associatedTags': ['$id=1']}  | associatedTags
                    annotations of texts      | {'name': 'a', 'annotations': {'k': 'v'}}    | annotations
                    annotations as a list     | {'name': 'a', 'annotations': ['v']}         | annotations
                    protected by a text       | {'name': 'a', 'protected': 'true'}          | protected
                    an ID                     | {'name': 'a', 'ID': '6b0000000000000000000001'} | ID
                    a namespace               | {'name': 'a', 'namespace': '/acme'}         | namespace
                    a time of creation        | {'name': 'a', 'createTime': '2026-01-01T00:00:00Z'} | createTime
                    derived tags              | {'name': 'a', 'normalizedTags': ['a=b']}    | normalizedTags
                    an idempotency key        | {'name': 'a', 'createIdempotencyKey': 'k'}  | createIdempotencyKey
                    a zero character          | {'name': 'a\\u0000'}                        | name
                    half a surrogate pair     | {'name': 'a\\ud800'}                        | name
                    """)
    void refusesNamingTheAttribute(String sentence, String body, String attribute) {
        ApiException refusal = catchThrowableOfType(ApiException.class, () -> created(body));

        assertThat(refusal).as(sentence).isNotNull();
        assertThat(refusal.status()).isEqualTo(422);
        assertThat(refusal.faults())
                .allSatisfy(fault -> assertThat(fault.attribute()).contains(attribute));
    }

    @Test
    void namesAllFaultsAtOnce() {
        ApiException refusal =
                catchThrowableOfType(
                        ApiException.class, () -> created("{'type': 'Huge', 'size': true}"));
        assertThat(refusal.faults()).hasSize(3);
    }

    @Test
    void limitsNamesByCharacters() {
        assertThat(created("{'name': '%s'}".formatted("ü".repeat(256)))).isNotNull();
        assertThat(
                        catchThrowableOfType(
                                ApiException.class,
                                () -> created("{'name': '%s'}".formatted("ü".repeat(257)))))
                .isNotNull();
    }

    @Test
    void limitsDescriptions() {
        String object = "{'name': 'a', 'description': '%s'}";
        assertThat(created(object.formatted("x".repeat(1024)))).isNotNull();
        assertThat(
                        catchThrowableOfType(
                                        ApiException.class,
                                        () -> created(object.formatted("x".repeat(1025))))
                                .faults()
                                .getFirst()
                                .attribute())
                .contains("description");
    }

    @Test
    void limitsTagsByBytes() {
        String object = "{'name': 'a', 'associatedTags': ['k=%s']}";
        assertThat(created(object.formatted("x".repeat(1021)))).isNotNull();
        for (String tooLong : List.of("x".repeat(1022), "ü".repeat(511))) {
            assertThat(
                            catchThrowableOfType(
                                            ApiException.class,
                                            () -> created(object.formatted(tooLong)))
                                    .faults()
                                    .getFirst()
                                    .attribute())
                    .contains("associatedTags");
        }
    }

    @Test
    void keepsSecretsThatComeBackEmpty() {
        ObjectNode stored = stored().put("password", "pssst");

        assertThat(replaced("{'name': 'b', 'password': ''}", stored)).isEqualTo("pssst");
        assertThat(replaced("{'name': 'b'}", stored)).isEqualTo("pssst");
        assertThat(replaced("{'name': 'b', 'password': 'new'}", stored)).isEqualTo("new");
        assertThat(
                        ObjectCheck.forPatch(THING, json("{'password': ''}"), stored)
                                .path("password")
                                .asText())
                .isEmpty();
    }

    private static String replaced(String sent, ObjectNode stored) {
        return ObjectCheck.forReplace(THING, json(sent), stored).path("password").asText();
    }

    @Test
    void hidesSecretsInsideToo() {
        ObjectNode object =
                created("{'name': 'a', 'password': 'pssst', 'lock': {'code': 'pssst'}}");

        assertThat(THING.withoutSecrets(object).toString())
                .doesNotContain("pssst")
                .contains("\"password\":\"\"", "\"code\":\"\"");
        assertThat(object.path("password").asText()).isEqualTo("pssst");
    }

    @Test
    void putResetsWhatIsNotSent() {
        ObjectNode stored = stored();
        ObjectNode object = ObjectCheck.forReplace(THING, json("{'name': 'b'}"), stored);

        assertThat(object.path("type").asText()).isEqualTo("Big");
        assertThat(object.path("ID").asText()).isEqualTo("6b0000000000000000000001");
        assertThat(object.path("home").asText()).isEqualTo("here");
    }

    @Test
    void patchKeepsWhatIsNotSent() {
        ObjectNode object = ObjectCheck.forPatch(THING, json("{'size': 3}"), stored());

        assertThat(object.path("type").asText()).isEqualTo("Small");
        assertThat(object.path("size").asInt()).isEqualTo(3);
    }

    @Test
    void takesBackWhatItAnswered() {
        ObjectNode stored = stored();
        assertThat(ObjectCheck.forReplace(THING, stored.deepCopy(), stored)).isEqualTo(stored);
    }

    @Test
    void refusesToChangeWhatIsFixed() {
        ApiException refusal =
                catchThrowableOfType(
                        ApiException.class,
                        () -> ObjectCheck.forPatch(THING, json("{'home': 'elsewhere'}"), stored()));
        assertThat(refusal.faults().getFirst().attribute()).contains("home");
    }

    @Test
    void refusesAnUpdateOfWhatHasChangedSince() {
        ApiException refusal =
                catchThrowableOfType(
                        ApiException.class,
                        () ->
                                ObjectCheck.forReplace(
                                        THING,
                                        json("{'name': 'b', 'updateTime': '2026-01-01T00:00:00Z'}"),
                                        stored()));
        assertThat(refusal.faults().getFirst().title()).isEqualTo("Object has changed");
        assertThat(refusal.faults().getFirst().attribute()).contains("updateTime");
    }

    private static ObjectNode stored() {
        ObjectNode stored = created("{'name': 'a', 'type': 'Small', 'home': 'here'}");
        stored.put("ID", "6b0000000000000000000001").put("namespace", "/acme");
        stored.put("createTime", "2026-01-01T00:00:00.000Z");
        stored.put("updateTime", "2026-01-02T00:00:00.000Z");
        return stored;
    }
}
