package io.ringfence.gateway.authenticate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteAddressTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a stranger's word does not count     | 203.0.113.5 | 192.0.2.1             | 203.0.113.5
                    a proxy's word does                  | 10.0.0.1    | 192.0.2.1             | 192.0.2.1
                    through two proxies                  | 10.0.0.1    | 192.0.2.1, 10.0.0.2   | 192.0.2.1
                    what a client wrote before does not  | 10.0.0.1    | 127.0.0.1, 192.0.2.1  | 192.0.2.1
                    a proxy that says nothing            | 10.0.0.1    | ''                    | 10.0.0.1
                    """)
    void believesConfiguredProxiesOnly(
            String sentence, String peer, String forwardedFor, String expected) {
        assertThat(believing("10.0.0.0/8").of(peer, List.of(forwardedFor)))
                .as(sentence)
                .isEqualTo(expected);
    }

    @Test
    void namesTheKeyOfAWrongNetwork() {
        assertThatThrownBy(() -> believing("ten"))
                .hasMessageContaining("ringfence.gateway.trusted-proxies");
    }

    private static RemoteAddress believing(String network) {
        return new RemoteAddress(
                new AuthenticateConfig() {
                    @Override
                    public URI jwksUrl() {
                        return URI.create("http://127.0.0.1:1/");
                    }

                    @Override
                    public Optional<List<String>> trustedProxies() {
                        return Optional.of(List.of(network));
                    }
                });
    }
}
