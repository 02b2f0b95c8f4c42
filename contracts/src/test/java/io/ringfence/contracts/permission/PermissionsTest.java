package io.ringfence.contracts.permission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissionsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    the same                          | a,get          | a,get              | true
                    fewer verbs                       | a,get,post     | a,post             | true
                    more verbs                        | a,get          | a,get,post         | false
                    another identity                  | a,*            | b,get              | false
                    nothing                           | a,get          | -                  | true
                    something by nothing              | -              | a,get              | false
                    every identity, that verb         | *,get          | a,get b,get        | true
                    every identity, another verb      | *,get          | a,put              | false
                    verbs from here and from all      | *,get a,put    | a,get,put          | true
                    all identities by one             | a,*            | *,get              | false
                    all identities by all             | *,*            | *,get a,delete     | true
                    a role by its lines               | *,*            | @auth:role=enforcer | true
                    a role nobody knows is nothing    | a,get          | @auth:role=none    | true
                    """)
    void covers(String sentence, String ours, String theirs, boolean covered) {
        assertThat(of(ours).covers(of(theirs))).as(sentence).isEqualTo(covered);
    }

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    a,get          | a,get,put    | a,get
                    a,get          | a,put        | -
                    a,*            | b,*          | -
                    *,get          | a,*          | a,get
                    *,get          | *,get,post   | *,get
                    *,get a,put    | a,*          | a,get a,put
                    *,get a,put    | *,put b,get  | a,put b,get
                    *,*            | *,*          | *,*
                    """)
    void keepsWhatBothAllow(String one, String other, String both) {
        assertThat(of(one).and(of(other))).isEqualTo(of(both));
        assertThat(of(other).and(of(one))).isEqualTo(of(both));
    }

    @Test
    void addsUp() {
        Permissions both = of("a,get").or(of("a,put b,delete"));

        assertThat(both.lines()).containsExactly("a,get", "a,put", "b,delete");
        assertThat(both.allow("a", Verb.PUT)).isTrue();
        assertThat(both.allow("b", Verb.PUT)).isFalse();
        assertThat(of("a,get").or(of("*,get"))).isEqualTo(of("*,get"));
        assertThat(of("a,get").or(Permissions.NONE)).isEqualTo(of("a,get"));
        assertThat(Permissions.NONE.or(of("a,get"))).isEqualTo(of("a,get"));
    }

    @Test
    void namesWhatGoesBeyond() {
        assertThat(of("a,get,put b,*").beyond(of("a,get *,post")).lines())
                .containsExactly("a,put", "b,delete", "b,get", "b,put");
        assertThat(of("*,get").beyond(of("a,*")).lines()).containsExactly("*,get");
        assertThat(of("a,get").beyond(of("a,get"))).isEqualTo(Permissions.NONE);
    }

    @Test
    void writesAllVerbsAsOneLine() {
        assertThat(of("a,get,post,put,delete b,*").lines()).containsExactly("a,*", "b,*");
        assertThat(Permissions.of(of("*,get a,*").lines())).isEqualTo(of("*,get a,*"));
    }

    @Test
    void grantsNothingByALineThatCannotBeRead() {
        assertThat(Permissions.of(List.of("", "a", "a,", "a,look", ",get", "@auth:role=")))
                .isEqualTo(Permissions.NONE);
    }

    @SuppressWarnings("NullAway") // "-" stands for null, which stands for nothing
    private static Permissions of(String lines) {
        return lines == null ? Permissions.NONE : Permissions.of(List.of(lines.split(" ")));
    }
}
