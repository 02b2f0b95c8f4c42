package io.ringfence.identity.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.protocol.error.ApiException;
import io.ringfence.trust.token.Restrictions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NarrowingTest {
    private static final Restrictions BOUND =
            new Restrictions(
                    "/acme",
                    List.of("@auth:role=enforcer", "namespace,get"),
                    List.of("10.0.0.0/8", "2001:db8::/32"));

    @Test
    void takesOverWhatIsNotAskedFor() {
        assertThat(Narrowing.of(BOUND, Restrictions.NONE)).isEqualTo(BOUND);
        assertThat(Narrowing.of(Restrictions.NONE, BOUND)).isEqualTo(BOUND);
    }

    @Test
    void narrowsEachPart() {
        Restrictions asked =
                new Restrictions(
                        "/acme/shop", List.of("@auth:role=enforcer"), List.of("10.1.0.0/16"));
        assertThat(Narrowing.of(BOUND, asked)).isEqualTo(asked);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    the root                       | restrictedNamespace   | /
                    a sibling                      | restrictedNamespace   | /other
                    a name that only starts alike  | restrictedNamespace   | /acme2
                    another role                   | restrictedPermissions | @auth:role=namespace.administrator
                    another verb                   | restrictedPermissions | namespace,post
                    one permission of two          | restrictedPermissions | namespace,get @auth:role=x
                    a larger network               | restrictedNetworks    | 10.0.0.0/7
                    everywhere                     | restrictedNetworks    | 0.0.0.0/0
                    the other family               | restrictedNetworks    | ::/0
                    one network of two             | restrictedNetworks    | 10.0.0.0/8 192.168.0.0/16
                    """)
    void refusesWhatIsWider(String sentence, String attribute, String asked) {
        List<String> texts = List.of(asked.split(" "));
        Restrictions wider =
                switch (attribute) {
                    case "restrictedNamespace" -> new Restrictions(asked, List.of(), List.of());
                    case "restrictedPermissions" -> new Restrictions("", texts, List.of());
                    default -> new Restrictions("", List.of(), texts);
                };
        assertThatThrownBy(() -> Narrowing.of(BOUND, wider))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> {
                            assertThat(refused.status()).isEqualTo(403);
                            assertThat(refused.faults().getFirst().attribute()).contains(attribute);
                        });
    }
}
