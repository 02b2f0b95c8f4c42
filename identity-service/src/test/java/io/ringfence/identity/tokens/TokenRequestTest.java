package io.ringfence.identity.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.trust.token.Restrictions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRequestTest {

    @Test
    void readsEverything() {
        TokenRequest request =
                read(
                        """
                        {"realm":"AporetoIdentityToken","metadata":{"token":"abc"},"validity":"1h30m","audience":"x",
                         "restrictedNamespace":"/acme/prod","restrictedPermissions":["@auth:role=app.viewer","namespace,get,post"],
                         "restrictedNetworks":["10.0.0.0/8"],"quota":3,"opaque":{"ticket":"42"}}\
                        """);
        assertThat(request)
                .isEqualTo(
                        new TokenRequest(
                                Realm.APORETO_IDENTITY_TOKEN,
                                new Evidence.Token("abc"),
                                new Validity(Duration.ofMinutes(90)),
                                "x",
                                new Restrictions(
                                        "/acme/prod",
                                        List.of("@auth:role=app.viewer", "namespace,get,post"),
                                        List.of("10.0.0.0/8")),
                                3,
                                Map.of("ticket", "42")));
    }

    /// The stock client sends every attribute, read-only ones as zero.
    @Test
    void readsWhatTheStockClientSends() {
        TokenRequest request =
                read(
                        """
                        {"realm":"Certificate","metadata":{},"validity":"24h0m0s","token":"","claims":null,"data":"",
                         "audience":"","opaque":{},"quota":0,"restrictedNamespace":"","restrictedNetworks":[],"restrictedPermissions":null}\
                        """);
        assertThat(request.realm()).isEqualTo(Realm.CERTIFICATE);
        assertThat(request.restrictions()).isEqualTo(Restrictions.NONE);
        assertThat(request.validity()).hasToString("24h0m0s");
    }

    @Test
    void livesADayUnlessAskedOtherwise() {
        assertThat(read("{\"realm\":\"Certificate\"}").validity().duration())
                .isEqualTo(Duration.ofHours(24));
    }

    @ParameterizedTest
    @CsvSource({
        "720h, PT720H",
        "1.5h, PT1H30M",
        "1h30m, PT1H30M",
        "90s, PT1M30S",
        "2500ms, PT2.5S"
    })
    void readsValidityAsGoWritesIt(String text, Duration expected) {
        assertThat(Validity.parse(text).duration()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"24h, 24h0m0s", "30m, 30m0s", "1.5s, 1.5s", "10s, 10s", "61m, 1h1m0s"})
    void printsValidityAsGoDoes(String text, String expected) {
        assertThat(Validity.parse(text)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "24",
                "1d",
                "PT24H",
                "1h 30m",
                "0",
                "0s",
                "-5m",
                "999ms",
                "99999999999h",
                "h"
            })
    void refusesOtherValidities(String validity) {
        refused("{\"realm\":\"Certificate\",\"validity\":\"" + validity + "\"}", "validity");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    no realm               | realm                 | {}
                    an unknown realm       | realm                 | {"realm":"Kerberos"}
                    a realm in lower case  | realm                 | {"realm":"certificate"}
                    a relative namespace   | restrictedNamespace   | {"realm":"Certificate","restrictedNamespace":"acme"}
                    a bad permission       | restrictedPermissions | {"realm":"Certificate","restrictedPermissions":["all"]}
                    a role without a name  | restrictedPermissions | {"realm":"Certificate","restrictedPermissions":["@auth:role="]}
                    a bad network          | restrictedNetworks    | {"realm":"Certificate","restrictedNetworks":["10.0.0.0/33"]}
                    a negative quota       | quota                 | {"realm":"Certificate","quota":-1}
                    a quota as text        | quota                 | {"realm":"Certificate","quota":"1"}
                    a token                | token                 | {"realm":"Certificate","token":"x"}
                    something unheard of   | colour                | {"realm":"Certificate","colour":"red"}
                    opaque that is no map  | opaque                | {"realm":"Certificate","opaque":["a"]}
                    an opaque number       | opaque                | {"realm":"Certificate","opaque":{"a":1}}
                    no token to start from | metadata              | {"realm":"AporetoIdentityToken"}
                    no account             | metadata              | {"realm":"Vince","metadata":{"vincePassword":"x"}}
                    no password            | metadata              | {"realm":"Vince","metadata":{"vinceAccount":"x"}}
                    a one-time password    | metadata              | {"realm":"Vince","metadata":{"vinceAccount":"x","vincePassword":"y","vinceOTP":123456}}
                    """)
    void refuses(String sentence, String attribute, String body) {
        refused(body, attribute);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AWSSecurityToken",
                "GCPIdentityToken",
                "AzureIdentityToken",
                "OIDC",
                "SAML",
                "LDAP",
                "Google",
                "PCIdentityToken"
            })
    void saysWhichRealmsWork(String realm) {
        String body = "{\"realm\":\"%s\"}".formatted(realm);
        refused(body, "realm");
        assertThatThrownBy(() -> read(body))
                .hasMessageContaining(realm)
                .hasMessageContaining("Certificate or AporetoIdentityToken or Vince");
    }

    @Test
    void boundsWhatIsOpaque() {
        refused(
                "{\"realm\":\"Certificate\",\"opaque\":{\"a\":\"%s\"}}".formatted("x".repeat(2048)),
                "opaque");
    }

    @Test
    void readsAnAccountAndShowsNoPassword() {
        TokenRequest request =
                read(
                        """
                        {"realm":"Vince","metadata":{"vinceAccount":"jane","vincePassword":"a secret","vinceOTP":0}}\
                        """);
        assertThat(request.evidence()).isEqualTo(new Evidence.Account("jane", "a secret"));
        assertThat(request.toString()).doesNotContain("a secret");
    }

    private static void refused(String body, String attribute) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refusal -> {
                            assertThat(refusal.status()).isEqualTo(422);
                            assertThat(refusal.faults().getFirst().attribute()).contains(attribute);
                        });
    }

    private static TokenRequest read(String body) {
        return TokenRequest.read(BodyFormat.JSON.readObject(body.getBytes(StandardCharsets.UTF_8)));
    }
}
