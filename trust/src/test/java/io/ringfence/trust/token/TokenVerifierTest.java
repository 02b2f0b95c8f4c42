package io.ringfence.trust.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.contracts.identity.Claim;
import io.ringfence.trust.certificate.KeyPairs;
import io.ringfence.trust.token.TokenCheck.Invalid;
import io.ringfence.trust.token.TokenCheck.Valid;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

class TokenVerifierTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final KeyPair KEYS = KeyPairs.generate();
    private static final ECPublicKey PUBLIC_KEY = (ECPublicKey) KEYS.getPublic();
    private static final String KEY_ID = JwksDocument.keyId(PUBLIC_KEY);

    private final TokenVerifier verifier = verifierAt(NOW);

    @Test
    void readsWhatWasSigned() {
        TokenClaims claims =
                new TokenClaims(
                        "t1",
                        "admin",
                        "certificate",
                        Map.of("commonname", "app", "organization", "/"),
                        new Restrictions(
                                "/acme", List.of("@auth:role=enforcer"), List.of("10.0.0.0/8")),
                        1,
                        Set.of(Claim.API_AUDIENCE),
                        NOW,
                        NOW.plusSeconds(60));

        assertThat(verifier.verify(sign(claims))).isEqualTo(new Valid(claims));
        assertThat(claims.tags())
                .containsExactly(
                        "@auth:realm=certificate", "@auth:commonname=app", "@auth:organization=/");
    }

    @Test
    void readsWhatIsOpaqueAndWhatItWasMadeFrom() {
        TokenClaims claims =
                new TokenClaims(
                        "t1",
                        "admin",
                        "vince",
                        Map.of("account", "admin"),
                        Restrictions.NONE,
                        0,
                        Set.of(Claim.API_AUDIENCE),
                        NOW,
                        NOW.plusSeconds(60),
                        Map.of("ticket", "42"),
                        List.of("t-1", "t0"));

        assertThat(verifier.verify(sign(claims))).isEqualTo(new Valid(claims));
        assertThat(claims.lineage()).containsExactly("t-1", "t0", "t1");
    }

    @Test
    void readsOneWithoutRestrictions() {
        TokenClaims claims = claims(Claim.API_AUDIENCE);

        assertThat(verifier.verify(sign(claims))).isEqualTo(new Valid(claims));
    }

    @Test
    void readsOneSignedUnderTheIdOfItsKey() {
        TokenClaims claims = claims(Claim.API_AUDIENCE);
        TokenSigner signer = TokenSigner.of(KEYS.getPrivate(), Clock.fixed(NOW, ZoneOffset.UTC));

        assertThat(verifier.verify(signer.sign(claims))).isEqualTo(new Valid(claims));
    }

    @Test
    void refusesATokenForKafka() {
        assertThat(verifier.verify(sign(claims(Claim.KAFKA_AUDIENCE))))
                .isEqualTo(new Invalid("the token is for another audience"));
    }

    @Test
    void refusesAnExpiredOneAfterTheLeeway() {
        String token = sign(claims(Claim.API_AUDIENCE));
        Instant end = NOW.plus(Duration.ofHours(1));

        assertThat(verifierAt(end.plusSeconds(59)).verify(token)).isInstanceOf(Valid.class);
        assertThat(verifierAt(end.plusSeconds(61)).verify(token))
                .isEqualTo(new Invalid("the token has expired"));
    }

    @Test
    void refusesOneThatIsNotValidYet() throws Exception {
        JwtClaims later = jwt();
        later.setNotBefore(NumericDate.fromSeconds(NOW.getEpochSecond() + 90));
        later.setExpirationTime(NumericDate.fromSeconds(NOW.getEpochSecond() + 180));
        JwtClaims fromTheFuture = jwt();
        fromTheFuture.setIssuedAt(NumericDate.fromSeconds(NOW.getEpochSecond() + 90));
        fromTheFuture.setExpirationTime(NumericDate.fromSeconds(NOW.getEpochSecond() + 180));

        for (JwtClaims each : List.of(later, fromTheFuture)) {
            String token = es256(each, KEYS.getPrivate(), KEY_ID);
            assertThat(verifier.verify(token)).isEqualTo(new Invalid("the token is not valid yet"));
            assertThat(verifierAt(NOW.plusSeconds(31)).verify(token)).isInstanceOf(Valid.class);
        }
    }

    /// Same issuer, same audience, other keys.
    @Test
    void refusesATokenOfAnotherConsole() {
        KeyPair theirs = KeyPairs.generate();
        TokenSigner elsewhere =
                TokenSigner.of(theirs.getPrivate(), Clock.fixed(NOW, ZoneOffset.UTC));

        assertThat(verifier.verify(elsewhere.sign(claims(Claim.API_AUDIENCE))))
                .isInstanceOf(Invalid.class);
    }

    @Test
    void refusesAnotherIssuer() throws Exception {
        JwtClaims forged = jwt();
        forged.setIssuer("https://elsewhere");

        assertThat(verifier.verify(es256(forged, KEYS.getPrivate(), KEY_ID)))
                .isEqualTo(new Invalid("the token is from another issuer"));
    }

    @Test
    void refusesAnUnknownKeyAndAMissingOne() throws Exception {
        assertThat(verifier.verify(es256(jwt(), KEYS.getPrivate(), "other")))
                .isInstanceOf(Invalid.class);
        assertThat(verifier.verify(es256(jwt(), KEYS.getPrivate(), null)))
                .isInstanceOf(Invalid.class);
    }

    @Test
    void refusesAnotherKeyUnderAKnownId() throws Exception {
        assertThat(verifier.verify(es256(jwt(), KeyPairs.generate().getPrivate(), KEY_ID)))
                .isEqualTo(new Invalid("the token's signature is wrong"));
    }

    @Test
    void refusesAlgorithmNone() throws Exception {
        JsonWebSignature jws = jws(jwt(), "none", KEY_ID);
        jws.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);

        assertThat(verifier.verify(jws.getCompactSerialization())).isInstanceOf(Invalid.class);
    }

    @Test
    void refusesTheHeaderNoneOverAnHonestSignature() {
        String[] parts = sign(claims(Claim.API_AUDIENCE)).split("\\.");
        String none =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(
                                ("{\"alg\":\"none\",\"kid\":\"" + KEY_ID + "\"}")
                                        .getBytes(StandardCharsets.UTF_8));

        assertThat(verifier.verify(none + "." + parts[1] + ".")).isInstanceOf(Invalid.class);
        assertThat(verifier.verify(none + "." + parts[1] + "." + parts[2]))
                .isInstanceOf(Invalid.class);
    }

    @Test
    void refusesHmacWithThePublicKeyAsSecret() throws Exception {
        JsonWebSignature jws = jws(jwt(), "HS256", KEY_ID);
        jws.setKey(new HmacKey(PUBLIC_KEY.getEncoded()));

        assertThat(verifier.verify(jws.getCompactSerialization())).isInstanceOf(Invalid.class);
    }

    @Test
    void refusesChangedClaims() {
        String[] honest = sign(claims(Claim.API_AUDIENCE)).split("\\.");
        String[] other = sign(claims(Claim.API_AUDIENCE, Claim.KAFKA_AUDIENCE)).split("\\.");

        assertThat(verifier.verify(honest[0] + "." + other[1] + "." + honest[2]))
                .isEqualTo(new Invalid("the token's signature is wrong"));
    }

    @Test
    void refusesARealmAmongTheData() throws Exception {
        JwtClaims forged = jwt();
        forged.setClaim(Claim.DATA, Map.of("realm", "certificate"));

        assertThat(verifier.verify(es256(forged, KEYS.getPrivate(), KEY_ID)))
                .isInstanceOf(Invalid.class);
    }

    @Test
    void refusesClaimsOfAnotherShapeAndGarbage() throws Exception {
        JwtClaims forged = jwt();
        forged.setClaim(Claim.DATA, List.of("x"));

        assertThat(verifier.verify(es256(forged, KEYS.getPrivate(), KEY_ID)))
                .isInstanceOf(Invalid.class);
        assertThat(verifier.verify("")).isInstanceOf(Invalid.class);
        assertThat(verifier.verify("a.b.c")).isInstanceOf(Invalid.class);
        assertThat(verifier.verify("a".repeat(20_000))).isInstanceOf(Invalid.class);
    }

    @Test
    void doesNotSignWhatHasExpired() {
        Clock later = Clock.fixed(NOW.plus(Duration.ofHours(2)), ZoneOffset.UTC);

        assertThatThrownBy(() ->
                        new TokenSigner(KEYS.getPrivate(), KEY_ID, later)
                                .sign(claims(Claim.API_AUDIENCE)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static TokenVerifier verifierAt(Instant instant) {
        return new TokenVerifier(
                JwksDocument.parse(JwksDocument.of(PUBLIC_KEY).toJson()),
                Claim.API_AUDIENCE,
                Clock.fixed(instant, ZoneOffset.UTC));
    }

    private static TokenClaims claims(String... audience) {
        return new TokenClaims(
                "t1",
                "admin",
                "certificate",
                Map.of(),
                Restrictions.NONE,
                0,
                Set.of(audience),
                NOW,
                NOW.plus(Duration.ofHours(1)));
    }

    private static String sign(TokenClaims claims) {
        return new TokenSigner(KEYS.getPrivate(), KEY_ID, Clock.fixed(NOW, ZoneOffset.UTC))
                .sign(claims);
    }

    private static JwtClaims jwt() {
        JwtClaims jwt = new JwtClaims();
        jwt.setIssuer(Claim.ISSUER);
        jwt.setAudience(Claim.API_AUDIENCE);
        jwt.setSubject("admin");
        jwt.setJwtId("t1");
        jwt.setIssuedAt(NumericDate.fromSeconds(NOW.getEpochSecond()));
        jwt.setExpirationTime(NumericDate.fromSeconds(NOW.getEpochSecond() + 60));
        jwt.setClaim(Claim.REALM, "certificate");
        return jwt;
    }

    private static String es256(
            JwtClaims jwt, Key key, @org.jspecify.annotations.Nullable String keyId)
            throws JoseException {
        JsonWebSignature jws = jws(jwt, "ES256", keyId);
        jws.setKey(key);
        return jws.getCompactSerialization();
    }

    private static JsonWebSignature jws(
            JwtClaims jwt, String algorithm, @org.jspecify.annotations.Nullable String keyId) {
        JsonWebSignature jws = new JsonWebSignature();
        jws.setPayload(jwt.toJson());
        jws.setAlgorithmHeaderValue(algorithm);
        if (keyId != null) {
            jws.setKeyIdHeaderValue(keyId);
        }
        return jws;
    }
}
