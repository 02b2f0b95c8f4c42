package io.ringfence.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HopHeadersTest {
    @ParameterizedTest(name = "{0} passes: {1}, back: {2}")
    @CsvSource({
        "Content-Type, true, true",
        "Accept, true, true",
        "X-Fields, true, true",
        "Idempotency-Key, true, true",
        "Set-Cookie, true, true",
        "X-Count-Total, true, true",
        "Connection, false, false",
        "Keep-Alive, false, false",
        "Transfer-Encoding, false, false",
        "Upgrade, false, false",
        "TE, false, false",
        "Expect, false, false",
        "X-Named-By-Connection, false, false",
        "X-Ringfence-Assertion, false, false",
        "x-ringfence-client-certificate, false, false",
        "X-RINGFENCE-ANYTHING, false, false",
        "X-Forwarded-For, false, false",
        "X-Forwarded-Host, false, false",
        "Forwarded, false, true",
        "Authorization, false, true",
        "Cookie, false, true",
        "X-Namespace, false, true",
        "Host, false, true",
        "Content-Length, false, true",
    })
    void passesWhatBelongsToTheRequest(String name, boolean in, boolean out) {
        MultiMap given = MultiMap.caseInsensitiveMultiMap().add(name, "value");
        given.add("Connection", "close, x-named-by-connection");
        MultiMap request = MultiMap.caseInsensitiveMultiMap();
        MultiMap response = MultiMap.caseInsensitiveMultiMap();

        HopHeaders.copyRequest(given, request);
        HopHeaders.copyResponse(given, response);

        assertThat(request.contains(name)).isEqualTo(in);
        assertThat(response.contains(name)).isEqualTo(out);
    }
}
