package io.ringfence.identity.authorizations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectCheckTest {
    private final SubjectCheck check = new SubjectCheck();

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    one claim          | @auth:realm=vince                               | two claims
                    no realm           | @auth:account=a @auth:email=b                   | one @auth:realm
                    two realms         | @auth:realm=vince @auth:realm=ldap              | one @auth:realm
                    another tag        | @auth:realm=vince app=web                       | @auth:key=value
                    an empty value     | @auth:realm=vince @auth:account=                | @auth:key=value
                    no key             | @auth:realm=vince @auth:=a                      | @auth:key=value
                    oidc anywhere      | @auth:realm=oidc @auth:email=b                  | @auth:namespace
                    saml anywhere      | @auth:realm=saml @auth:email=b                  | @auth:namespace
                    """)
    void refuses(String sentence, String claims, String complaint) {
        assertThat(check.problem(subject(claims)))
                .hasValueSatisfying(problem -> assertThat(problem).contains(complaint));
    }

    @Test
    void takesWhatNamesACaller() {
        assertThat(check.problem(subject("@auth:realm=certificate @auth:commonname=a=b")))
                .isEmpty();
        assertThat(check.problem(subject("@auth:realm=oidc @auth:namespace=/acme"))).isEmpty();
    }

    @Test
    void looksAtEveryLine() {
        ArrayNode subject = subject("@auth:realm=vince @auth:account=a");
        subject.addAll(subject("@auth:realm=vince"));
        assertThat(check.problem(subject)).isPresent();
    }

    private static ArrayNode subject(String claims) {
        ArrayNode subject = JsonNodeFactory.instance.arrayNode();
        ArrayNode line = subject.addArray();
        for (String claim : claims.split(" ")) {
            line.add(claim);
        }
        return subject;
    }
}
