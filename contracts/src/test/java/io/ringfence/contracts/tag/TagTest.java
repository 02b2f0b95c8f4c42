package io.ringfence.contracts.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a plain tag                        | app=web             | app      | web
                    the value may hold an equals sign  | q=a=b               | q        | a=b
                    the value may hold spaces          | team=blue and green | team     | blue and green
                    system metadata                    | @org:group=prod     | @org:group | prod
                    """)
    void reads(String sentence, String text, String key, String value) {
        assertThat(Tag.parse(text)).isEqualTo(new Tag(key, value)).hasToString(text);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    no equals sign      | app     | key=value
                    no key              | =web    | key=value
                    no value            | app=    | key=value
                    a space in the key  | my app=web | no space in the key
                    """)
    void refuses(String sentence, String text, String complaint) {
        assertThatThrownBy(() -> Tag.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a Cyrillic a in a Latin word   | \u0430pp=web     | several alphabets
                    a Greek omicron in the value   | app=sh\u03bfp    | several alphabets
                    a fullwidth equals sign        | app\uff1dx=web   | write 'app=x=web
                    an accent of its own           | caf=e\u0301      | write 'caf=
                    a ligature                     | app=\ufb01le     | write 'app=file
                    a zero-width space             | app=w\u200beb    | U+200B
                    a space that does not break    | app=a\u00a0b     | U+00A0
                    text turned right to left      | app=\u202ebew    | U+202E
                    a tabulator in the value       | app=a\u0009b     | U+0009
                    """)
    void refusesLookAlikes(String sentence, String text, String complaint) {
        assertThatThrownBy(() -> Tag.parse(text))
                .as(sentence)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint);
        assertThatThrownBy(() -> TagExpression.parse(List.of(List.of(text + "*"))))
                .as(sentence)
                .hasMessageContaining(complaint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"équipe=réseau", "команда=сеть", "team=сеть и web", "名前=値", "k=α"})
    void takesEveryLanguage(String text) {
        assertThat(Tag.parse(text)).hasToString(text);
    }

    @Test
    void isShorterThanItsLimitInBytes() {
        assertThat(Tag.parse("k=" + "x".repeat(1021)).value()).hasSize(1021);
        assertThatThrownBy(() -> Tag.parse("k=" + "x".repeat(1022)))
                .hasMessageContaining("shorter than 1024 bytes");
        assertThatThrownBy(() -> Tag.parse("k=" + "é".repeat(511)))
                .hasMessageContaining("shorter than 1024 bytes");
    }

    @Test
    void keepsUsersFromSpeakingForTheSystem() {
        for (String text : List.of("@os:host=db", "$name=db", "+reserved=1")) {
            assertThatThrownBy(() -> Tag.parseAssociated(text))
                    .hasMessageContaining("must not start with");
        }
        assertThat(Tag.parseAssociated("app=db").key()).isEqualTo("app");
    }

    @Test
    void tellsMetadataFromClaims() {
        assertThat(Tag.parseMetadata("@os:host=db").value()).isEqualTo("db");
        refusesAll(Tag::parseMetadata, "os:host=db", "@auth:realm=vince");
        assertThat(Tag.parseOrganizational("@org:group=a").value()).isEqualTo("a");
        refusesAll(Tag::parseOrganizational, "@os:host=db", "org:group=a");
    }

    @Test
    void refusesTheEmptyClauseAndWhatNoTagCanEqual() {
        Consumer<String> expression = term -> TagExpression.parse(List.of(List.of(term)));
        refusesAll(expression, "", "app", "=web");
        assertThatThrownBy(() -> TagExpression.parse(List.of(List.of())))
                .hasMessageContaining("remove the empty []");
        assertThatThrownBy(() -> TagExpression.parse(List.of(List.of("a=b", "a=b"))))
                .hasMessageContaining("stands twice");
        assertThat(TagExpression.parse(null).isEmpty()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    one tag that is there                    | app=web             | true
                    one tag that is not                      | app=db              | false
                    both tags of a clause                    | app=web,env=prod    | true
                    one tag of a clause is missing           | app=web,env=dev     | false
                    one clause of two                        | app=db;env=prod     | true
                    exact means exact                        | app=we              | false
                    a prefix of the value                    | app=w*              | true
                    a prefix in the middle of the key        | $name*              | true
                    a prefix that nothing has                | app=x*              | false
                    a star is literal unless it is last      | app=*b              | false
                    the star itself also stands for nothing  | app=web*            | true
                    prefix and exact in one clause           | $namespace=/a/*,env=prod | true
                    """)
    void matches(String sentence, String expression, boolean expected) {
        List<List<String>> clauses =
                List.of(expression.split(";")).stream()
                        .map(clause -> List.of(clause.split(",")))
                        .toList();
        Set<String> tags = Set.of("app=web", "env=prod", "$namespace=/a/b", "$name=w1");
        assertThat(TagExpression.parse(clauses).matches(tags)).isEqualTo(expected);
    }

    @Test
    void theEmptyExpressionMatchesNothing() {
        assertThat(TagExpression.NOTHING.matches(Set.of("app=web"))).isFalse();
        assertThat(new TagExpression(List.of(List.of())).matches(Set.of("app=web"))).isFalse();
    }

    private static void refusesAll(Consumer<String> parse, String... texts) {
        for (String text : texts) {
            assertThatThrownBy(() -> parse.accept(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
