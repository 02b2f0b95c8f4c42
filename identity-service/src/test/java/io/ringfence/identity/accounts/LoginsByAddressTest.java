package io.ringfence.identity.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginsByAddressTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    the same address             | 192.0.2.7        | 192.0.2.7        | true
                    another one                  | 192.0.2.7        | 192.0.2.8        | false
                    the same IPv6 network        | 2001:db8::1      | 2001:db8::2:3:4  | true
                    another one                  | 2001:db8:0:1::1  | 2001:db8:0:2::1  | false
                    IPv4 written as IPv6         | ::ffff:192.0.2.7 | 192.0.2.7        | true
                    a network that starts alike  | 192.0.2.7        | c000:207::1      | false
                    """)
    void countsByPlace(String sentence, String one, String other, boolean same) {
        assertThat(LoginsByAddress.place(one).equals(LoginsByAddress.place(other)))
                .as(sentence)
                .isEqualTo(same);
    }
}
