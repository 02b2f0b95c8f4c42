package io.ringfence.identity.tokens;

import static io.ringfence.identity.Console.administrator;
import static io.ringfence.identity.Console.administratorCertificate;
import static io.ringfence.identity.Console.administratorToken;
import static io.ringfence.identity.Console.anybody;
import static io.ringfence.identity.Console.bootstrapToken;
import static io.ringfence.identity.Console.claims;
import static io.ringfence.identity.Console.createNamespace;
import static io.ringfence.identity.Console.enrol;
import static io.ringfence.identity.Console.ok;
import static io.ringfence.identity.Console.refused;
import static io.ringfence.identity.Console.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.contracts.identity.Claim;
import io.ringfence.contracts.identity.Header;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.identity.keys.TokenKeys;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.testkit.installation.TestInstallation;
import io.ringfence.testkit.kafka.TestKafka;
import io.ringfence.testkit.kafka.TopicReader;
import io.ringfence.testkit.service.ConsoleServers;
import io.ringfence.trust.certificate.AppCredentialSubject;
import io.ringfence.trust.certificate.CertificateAuthority;
import io.ringfence.trust.certificate.KeyPairs;
import io.ringfence.trust.certificate.Pem;
import io.ringfence.trust.token.Restrictions;
import io.ringfence.trust.token.TokenClaims;
import io.ringfence.trust.token.TokenSigner;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class TokenIT {
    private static final String BY_CERTIFICATE = "{\"realm\":\"Certificate\"}";

    @Inject AgroalDataSource database;
    @Inject TokenKeys keys;

    @Test
    void givesTheAdministratorAToken() {
        JsonNode answer =
                ok(byCertificate(administratorCertificate(), "/v/1/issue", BY_CERTIFICATE));
        TokenClaims claims = claims(answer.path("token").asText(), Claim.API_AUDIENCE);
        assertThat(claims.tags())
                .contains(
                        "@auth:realm=certificate",
                        "@auth:commonname=app:credential:%s:administrator"
                                .formatted(
                                        TestInstallation.get().installation().administratorId()));
        assertThat(answer.path("validity").asText()).isEqualTo("24h0m0s");
        assertThat(answer.path("claims").path("data").path("organization").asText()).isEqualTo("/");
        assertThat(answer.has("metadata")).isFalse();
    }

    @Test
    void putsTheTokenIntoACookieOnly() {
        HttpResponse<String> answer =
                byCertificate(administratorCertificate(), "/issue?asCookie=true", BY_CERTIFICATE);
        assertThat(ok(answer).has("token")).isFalse();
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith(Header.TOKEN_COOKIE + "=")
                .contains("HttpOnly", "Secure", "SameSite=Strict", "Path=/");
    }

    @Test
    void forgetsTheCookieAtLogout() {
        HttpResponse<String> answer = anybody().get("/logout");
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith(Header.TOKEN_COOKIE + "=;")
                .contains("Max-Age=0", "HttpOnly", "Secure", "SameSite=Strict", "Path=/");
    }

    @Test
    void endsTheTokenOfALogout() {
        String token = administratorToken();
        String other = administratorToken();
        String question = "{\"token\":\"%s\"}".formatted(token);
        ok(administrator().post("/authn", question));

        for (int i = 0; i < 2; i++) {
            assertThat(logOut(token).statusCode()).isEqualTo(204);
        }

        assertThat(refused(administrator().post("/authn", question), 401, ""))
                .contains("logged out");
        assertThat(refused(byToken(token), 401, "")).contains("logged out");
        ok(byToken(other));
        try (TopicReader topic =
                TestKafka.of(TestInstallation.get())
                        .readFromBeginning(Topic.AUTHORIZATION_CHANGED.topicName())) {
            String id = claims(token, Claim.API_AUDIENCE).tokenId();
            topic.await(record -> id.equals(record.key()) && record.value() != null);
        }
    }

    /// In a chain of four, the second is logged out: the first and its other children stay.
    @Test
    void endsWhatWasMadeFromATokenWithIt() {
        String first = administratorToken();
        String second = token(byToken(first));
        String third = token(byToken(second));
        String fourth = token(byToken(third));
        String sibling = token(byToken(first));

        assertThat(logOut(second).statusCode()).isEqualTo(204);

        for (String ended : List.of(second, third, fourth)) {
            assertThat(refused(byToken(ended), 401, "")).contains("logged out");
            refused(administrator().post("/authn", "{\"token\":\"%s\"}".formatted(ended)), 401, "");
        }
        for (String good : List.of(first, sibling)) {
            ok(byToken(good));
        }
        JsonNode claims =
                ok(administrator().post("/authn", "{\"token\":\"%s\"}".formatted(sibling)))
                        .path("claims");
        assertThat(claims.path("ancestors"))
                .hasToString("[\"%s\"]".formatted(claims(first, Claim.API_AUDIENCE).tokenId()));
    }

    private static HttpResponse<String> logOut(String token) {
        return administrator()
                .send(
                        administrator()
                                .request("GET", "/logout", null)
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> byToken(String token) {
        return anybody()
                .post(
                        "/issue",
                        "{\"realm\":\"AporetoIdentityToken\",\"metadata\":{\"token\":\"%s\"}}"
                                .formatted(token));
    }

    @Test
    void copiesWhatIsOpaque() {
        JsonNode answer =
                ok(
                        byCertificate(
                                administratorCertificate(),
                                "/issue",
                                "{\"realm\":\"Certificate\",\"opaque\":{\"ticket\":\"42\"}}"));
        assertThat(answer.path("opaque").path("ticket").asText()).isEqualTo("42");
        assertThat(answer.path("claims").path("opaque").path("ticket").asText()).isEqualTo("42");
        assertThat(claims(answer.path("token").asText(), Claim.API_AUDIENCE).opaque())
                .containsEntry("ticket", "42");
    }

    @Test
    void believesNoCertificateButTheOneTheGatewayVouchesFor() {
        refused(anybody().post("/issue", BY_CERTIFICATE), 401, "");
        var smuggled =
                anybody()
                        .request("POST", "/issue", BY_CERTIFICATE)
                        .header(
                                Header.CLIENT_CERTIFICATE,
                                URLEncoder.encode(
                                        Pem.of(administratorCertificate()), StandardCharsets.UTF_8))
                        .build();
        refused(anybody().send(smuggled, HttpResponse.BodyHandlers.ofString()), 401, "");
        CertificateAuthority foreign = CertificateAuthority.create("foreign", Clock.systemUTC());
        X509Certificate forged =
                foreign.issueCredential(
                                new AppCredentialSubject(
                                        TestInstallation.get().installation().administratorId(),
                                        "administrator",
                                        "/"),
                                Duration.ofHours(1))
                        .certificate();
        refused(byCertificate(forged, "/issue", BY_CERTIFICATE), 401, "");
    }

    @Test
    void refusesACredentialThatIsUnknownOrDisabled() throws SQLException {
        var folder = TestInstallation.get().installation().folder();
        X509Certificate unknown =
                CertificateAuthority.load(folder.authority(), folder.authorityKey())
                        .issueCredential(
                                new AppCredentialSubject("b".repeat(24), "administrator", "/"),
                                Duration.ofHours(1))
                        .certificate();
        refused(byCertificate(unknown, "/issue", BY_CERTIFICATE), 401, "");
        disableAdministrator(true);
        try {
            refused(byCertificate(administratorCertificate(), "/issue", BY_CERTIFICATE), 401, "");
        } finally {
            disableAdministrator(false);
        }
        ok(byCertificate(administratorCertificate(), "/issue", BY_CERTIFICATE));
    }

    private void disableAdministrator(boolean disabled) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update =
                        connection.prepareStatement(
                                "update object set body = body || jsonb_build_object('disabled', ?) where id = ?")) {
            update.setBoolean(1, disabled);
            update.setString(2, TestInstallation.get().installation().administratorId());
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    @Test
    void givesKafkaTokensToEnforcersOnly() {
        String asked =
                "{\"realm\":\"Certificate\",\"audience\":\"%s\"}".formatted(Claim.KAFKA_AUDIENCE);
        refused(byCertificate(administratorCertificate(), "/issue", asked), 403, "audience");
        createNamespace("/", "forkafka");
        X509Certificate enforcer = Pem.certificate(enrol("/forkafka").path("certificate").asText());
        TokenClaims claims =
                claims(token(byCertificate(enforcer, "/issue", asked)), Claim.KAFKA_AUDIENCE);
        assertThat(claims.subject()).isEqualTo("enforcer");
        assertThat(Duration.between(claims.issuedAt(), claims.expiresAt()))
                .isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void narrowsATokenAndNeverWidensIt() {
        String bootstrap = bootstrapToken("/acme/shop");
        TokenClaims claims = claims(bootstrap, Claim.API_AUDIENCE);
        assertThat(claims.quota()).isEqualTo(1);
        assertThat(claims.restrictions())
                .isEqualTo(
                        new Restrictions("/acme/shop", List.of("@auth:role=enforcer"), List.of()));
        refused(anybody().post("/issue", narrower(bootstrap, "")), 403, "");

        String bound =
                token(
                        anybody()
                                .post(
                                        "/issue",
                                        narrower(
                                                administratorToken(),
                                                ",\"restrictedNamespace\":\"/acme\"")));
        refused(
                anybody().post("/issue", narrower(bound, ",\"restrictedNamespace\":\"/\"")),
                403,
                "restrictedNamespace");
        assertThat(
                        claims(
                                        token(anybody().post("/issue", narrower(bound, ""))),
                                        Claim.API_AUDIENCE)
                                .restrictions()
                                .namespace())
                .isEqualTo("/acme");
    }

    @Test
    void refusesTokensThatAreNotWhatTheySay() throws Exception {
        String genuine = administratorToken();
        ok(anybody().post("/authn", "{\"token\":\"%s\"}".formatted(genuine)));
        attacks(genuine)
                .forEach((sentence, bad) -> {
                    assertThat(anybody().post("/issue", narrower(bad, "")).statusCode())
                            .as(sentence)
                            .isEqualTo(401);
                    assertThat(refused(anybody().post("/issue", narrower(bad, "")), 401, ""))
                            .as(sentence)
                            .doesNotContain(bad);
                    assertThat(
                                    anybody()
                                            .post("/authn", "{\"token\":\"%s\"}".formatted(bad))
                                            .statusCode())
                            .as(sentence)
                            .isEqualTo(401);
                });
        refused(anybody().post("/authn", "{\"token\":\"\"}"), 401, "");
    }

    private Map<String, String> attacks(String genuine) throws Exception {
        var folder = TestInstallation.get().installation().folder();
        Instant past = Instant.now().minus(Duration.ofHours(2));
        PrivateKey other = KeyPairs.generate().getPrivate();
        String keyId =
                BodyFormat.JSON
                        .readObject(
                                Base64.getUrlDecoder()
                                        .decode(genuine.substring(0, genuine.indexOf('.'))))
                        .path("kid")
                        .asText();
        Map<String, String> attacks = new LinkedHashMap<>();
        attacks.put(
                "has expired",
                TokenSigner.of(
                                Pem.readPrivateKey(folder.tokenKey()),
                                Clock.fixed(past, java.time.ZoneOffset.UTC))
                        .sign(administratorClaims(past, Claim.API_AUDIENCE)));
        attacks.put(
                "comes from another console",
                TokenSigner.of(other, Clock.systemUTC())
                        .sign(administratorClaims(Instant.now(), Claim.API_AUDIENCE)));
        attacks.put(
                "names our key and is signed with another",
                new TokenSigner(other, keyId, Clock.systemUTC())
                        .sign(administratorClaims(Instant.now(), Claim.API_AUDIENCE)));
        attacks.put(
                "is for Kafka",
                keys.signer().sign(administratorClaims(Instant.now(), Claim.KAFKA_AUDIENCE)));
        attacks.put(
                "is not valid yet",
                keys.signer()
                        .sign(
                                administratorClaims(
                                        Instant.now().plus(Duration.ofHours(1)),
                                        Claim.API_AUDIENCE)));
        attacks.put("was tampered with", genuine.substring(0, genuine.length() - 8) + "AAAAAAAA");
        String claims = genuine.substring(genuine.indexOf('.'), genuine.lastIndexOf('.') + 1);
        attacks.put("is not signed", header("none", keyId) + claims);
        attacks.put("calls an honest signature none", header("none", keyId) + claims + "AAAA");
        attacks.put("is signed with the public key", hmac(header("HS256", keyId) + claims, keyId));
        attacks.put("names no key", header("ES256", "") + claims + "AAAA");
        attacks.put("is no token", "x");
        return attacks;
    }

    private static String header(String algorithm, String keyId) {
        String kid = keyId.isEmpty() ? "" : ",\"kid\":\"%s\"".formatted(keyId);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        "{\"alg\":\"%s\"%s}"
                                .formatted(algorithm, kid)
                                .getBytes(StandardCharsets.UTF_8));
    }

    private String hmac(String headerAndClaims, String keyId) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(keys.key(keyId).orElseThrow().getEncoded(), "HmacSHA256"));
        String signed = headerAndClaims.substring(0, headerAndClaims.length() - 1);
        return headerAndClaims
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void saysWhatIsInTheCallersOwnToken() {
        var request =
                anybody()
                        .request("GET", "/authn", null)
                        .header("Authorization", "Bearer " + administratorToken())
                        .build();
        JsonNode claims =
                ok(anybody().send(request, HttpResponse.BodyHandlers.ofString())).path("claims");
        assertThat(claims.path("sub").asText()).startsWith("app:credential:");
        refused(anybody().get("/authn"), 401, "");
    }

    @Test
    void saysWhatIsWrongWithARequest() {
        assertThat(refused(anybody().post("/issue", "{\"realm\":\"LDAP\"}"), 422, "realm"))
                .contains("Certificate or AporetoIdentityToken or Vince");
        refused(anybody().post("/issue", narrower("", "")), 422, "metadata");
        refused(anybody().post("/issue?as=x", BY_CERTIFICATE), 400, "");
        refused(anybody().post("/issue", "{"), 400, "");
    }

    private static TokenClaims administratorClaims(Instant from, String audience) {
        return new TokenClaims(
                "t",
                "x",
                "certificate",
                Map.of("commonname", "x"),
                Restrictions.NONE,
                0,
                Set.of(audience),
                from.truncatedTo(java.time.temporal.ChronoUnit.SECONDS),
                from.plus(Duration.ofHours(1)).truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
    }

    private static String narrower(String token, String more) {
        return "{\"realm\":\"AporetoIdentityToken\",\"metadata\":{\"token\":\"%s\"}%s}"
                .formatted(token, more);
    }

    private static HttpResponse<String> byCertificate(
            X509Certificate certificate, String path, String body) {
        return anybody().withClientCertificate(certificate).post(path, body);
    }
}
