package io.ringfence.protocol.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.declaration.Attribute;
import io.ringfence.protocol.declaration.Mixin;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferenceTest {
    private static final ResourceDeclaration THING =
            ResourceDeclaration.resource("thing", "things")
                    .with(Mixin.usual())
                    .attribute(Attribute.decimal("weight"))
                    .attribute(Attribute.time("seen").quiet())
                    .attribute(Attribute.nested("lock", Attribute.text("code").secret()))
                    .build();

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    nothing              | {'name': 'a'}                    | {'name': 'a'}                    | {}                                      | false
                    a text               | {'name': 'a'}                    | {'name': 'b'}                    | {'name':['a','b']}                      | false
                    numbers written alike| {'weight': 1}                    | {'weight': 1.0}                  | {}                                      | false
                    something new        | {}                               | {'weight': 2}                    | {'weight':[null,2]}                     | false
                    what always changes  | {'updateTime': 'x', 'normalizedTags': ['a']} | {'updateTime': 'y'} | {}                                      | false
                    a heartbeat          | {'seen': 'x'}                    | {'seen': 'y', 'updateTime': 'y'} | {'seen':['x','y']}                      | true
                    a heartbeat and more | {'seen': 'x', 'name': 'a'}       | {'seen': 'y', 'name': 'b'}       | {'name':['a','b'],'seen':['x','y']}     | false
                    a secret             | {'lock': {'code': 'x'}}          | {'lock': {'code': 'y'}}          | {'lock':[{'code':''},{'code':''}]}      | false
                    """)
    void tellsWhatChanged(
            String sentence, String before, String after, String expected, boolean isQuiet) {
        Difference difference = Difference.between(THING, json(before), json(after));

        assertThat(difference.tree()).isEqualTo(json(expected));
        assertThat(difference.isQuiet()).isEqualTo(isQuiet);
    }
}
