package io.ringfence.trust.assertion;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.trust.assertion.AssertionCheck.Invalid;
import io.ringfence.trust.assertion.AssertionCheck.Valid;
import io.ringfence.trust.certificate.CertificateAuthority;
import io.ringfence.trust.certificate.KeyAndCertificate;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What somebody may try who has keys of his own, or was introduced to one of the gateway's.
class KeyTicketsTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final String ES256 = AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;
    private static final String HS256 = AlgorithmIdentifiers.HMAC_SHA256;
    private static final String SERVICE = "policy-service";
    private static final Assertion ASSERTION =
            new Assertion("GET", "/namespaces", "/acme", AssertedCaller.ANONYMOUS, null, List.of());
    private static final CertificateAuthority AUTHORITY =
            CertificateAuthority.create("console", Clock.fixed(NOW, ZoneOffset.UTC));
    private static final KeyAndCertificate GATEWAY = issue();

    private static final HmacKey KEY = new HmacKey(new byte[32]);

    /// To HMAC, the same key: it fills up with zeros.
    private static final HmacKey SHORT_KEY = new HmacKey(new byte[16]);

    private static final HmacKey OTHER_KEY =
            new HmacKey("another key of thirty-two bytes!".getBytes(StandardCharsets.US_ASCII));

    private static Instant now = NOW;
    private static final Clock CLOCK = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

    private final AssertionVerifier verifier = new AssertionVerifier(SERVICE, CLOCK);

    KeyTicketsTest() {
        now = NOW;
    }

    /// What a ticket is, whether it is good, and the key that the assertion beside it is sealed
    /// with.
    static Stream<Arguments> tickets() throws Exception {
        return Stream.of(
                Arguments.of("as the gateway writes it", true, signed(claims(KEY)), KEY),
                Arguments.of("of another key", false, signed(claims(OTHER_KEY)), KEY),
                Arguments.of(
                        "for another service", false, signed(audience("metrics-service")), KEY),
                Arguments.of("for nobody", false, signed(without("aud")), KEY),
                Arguments.of("signed by somebody else", false, signedBy(issue().key()), KEY),
                Arguments.of("expired", false, signed(expired()), KEY),
                Arguments.of("without an end", false, signed(without("exp")), KEY),
                Arguments.of("without a key", false, signed(without("key")), KEY),
                Arguments.of("with a short key", false, signed(claims(SHORT_KEY)), KEY),
                Arguments.of("of another type", false, typed(AssertionSigner.TYPE), KEY),
                Arguments.of("sealed with the gateway's public key", false, confused(), KEY),
                Arguments.of("not signed at all", false, unsigned(), KEY),
                Arguments.of("missing", false, "", KEY));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tickets")
    void believesOnlyWhatTheGatewayIntroducedHere(String what, boolean good, String ticket, Key key)
            throws Exception {
        String sealed = jws(assertionClaims(), HS256, AssertionSigner.TYPE, key);

        AssertionCheck check =
                verifier.verify(new SealedAssertion(sealed, ticket), GATEWAY.certificate());

        assertThat(check).as(what).isInstanceOf(good ? Valid.class : Invalid.class);
    }

    @Test
    void doesNotBelieveAnAssertionThatIsSealedInAnotherWay() throws Exception {
        String ticket = signer(GATEWAY, SERVICE).sign(ASSERTION).keyTicket();
        String type = AssertionSigner.TYPE;
        List<String> others =
                List.of(
                        jws(assertionClaims(), ES256, type, GATEWAY.key()),
                        jws(assertionClaims(), AlgorithmIdentifiers.NONE, type, null),
                        jws(
                                assertionClaims(),
                                AlgorithmIdentifiers.HMAC_SHA512,
                                type,
                                new HmacKey(new byte[64])),
                        signer(issue(), SERVICE).sign(ASSERTION).assertion(),
                        signer(GATEWAY, "identity-service").sign(ASSERTION).assertion());

        assertThat(others)
                .allSatisfy(other ->
                        assertThat(
                                        verifier.verify(
                                                new SealedAssertion(other, ticket),
                                                GATEWAY.certificate()))
                                .isEqualTo(new Invalid("the assertion is not the gateway's")));
    }

    /// A service knows its own key and can write with it; nobody else reads that.
    @Test
    void aServiceCannotForgeTowardsAnother() throws Exception {
        String own = signer(GATEWAY, "identity-service").sign(ASSERTION).keyTicket();
        String forged = jws(assertionClaims(), HS256, AssertionSigner.TYPE, keyIn(own));

        assertThat(verifier.verify(new SealedAssertion(forged, own), GATEWAY.certificate()))
                .isInstanceOf(Invalid.class);
        assertThat(
                        new AssertionVerifier("identity-service", CLOCK)
                                .verify(new SealedAssertion(forged, own), GATEWAY.certificate()))
                .isInstanceOf(Valid.class);
    }

    /// What was found good together with one ticket says nothing about another, or none.
    @Test
    void remembersAnAssertionWithItsTicket() {
        SealedAssertion sealed = signer(GATEWAY, SERVICE).sign(ASSERTION);
        SealedAssertion second = signer(GATEWAY, SERVICE).sign(ASSERTION);
        assertThat(verifier.verify(sealed, GATEWAY.certificate())).isInstanceOf(Valid.class);

        for (String ticket : List.of("", second.keyTicket())) {
            assertThat(
                            verifier.verify(
                                    new SealedAssertion(sealed.assertion(), ticket),
                                    GATEWAY.certificate()))
                    .isInstanceOf(Invalid.class);
        }
    }

    @Test
    void renewsTheKeyAndStillBelievesWhatTheOldOneSealed() {
        AssertionSigner signer = signer(GATEWAY, SERVICE);
        SealedAssertion first = signer.sign(ASSERTION);
        now = NOW.plus(IssuedKey.USED_FOR).minusSeconds(1);
        SealedAssertion last = signer.sign(ASSERTION);
        now = NOW.plus(IssuedKey.USED_FOR);
        SealedAssertion next = signer.sign(ASSERTION);

        assertThat(last.keyTicket()).isEqualTo(first.keyTicket());
        assertThat(next.keyTicket()).isNotEqualTo(first.keyTicket());
        now = NOW.plus(IssuedKey.USED_FOR).plusSeconds(58);
        assertThat(verifier.verify(last, GATEWAY.certificate())).isInstanceOf(Valid.class);
        assertThat(verifier.verify(next, GATEWAY.certificate())).isInstanceOf(Valid.class);
    }

    /// Also where the service remembers it.
    @Test
    void theKeyEndsWithItsTicket() throws Exception {
        String ticket = signer(GATEWAY, SERVICE).sign(ASSERTION).keyTicket();
        now = NOW.plus(IssuedKey.USED_FOR).plusSeconds(60);
        String inTime = jws(assertionClaims(), HS256, AssertionSigner.TYPE, keyIn(ticket));
        SealedAssertion sealed = new SealedAssertion(inTime, ticket);
        assertThat(verifier.verify(sealed, GATEWAY.certificate())).isInstanceOf(Valid.class);

        now = now.plusSeconds(10);

        assertThat(verifier.verify(sealed, GATEWAY.certificate())).isInstanceOf(Invalid.class);
    }

    @Test
    void believesSeveralGatewaysEachOnItsOwnConnections() {
        KeyAndCertificate other = issue();
        SealedAssertion ours = signer(GATEWAY, SERVICE).sign(ASSERTION);
        SealedAssertion theirs = signer(other, SERVICE).sign(ASSERTION);

        assertThat(verifier.verify(ours, GATEWAY.certificate())).isInstanceOf(Valid.class);
        assertThat(verifier.verify(theirs, other.certificate())).isInstanceOf(Valid.class);
        assertThat(verifier.verify(ours, other.certificate())).isInstanceOf(Invalid.class);
        assertThat(verifier.verify(theirs, GATEWAY.certificate())).isInstanceOf(Invalid.class);
    }

    @Test
    void aServiceThatStartsAnewNeedsNothingButTheRequest() {
        SealedAssertion sealed = signer(GATEWAY, SERVICE).sign(ASSERTION);

        assertThat(new AssertionVerifier(SERVICE, CLOCK).verify(sealed, GATEWAY.certificate()))
                .isEqualTo(new Valid(ASSERTION));
        assertThat(new AssertionVerifier(SERVICE, CLOCK).verify(sealed, GATEWAY.certificate()))
                .isEqualTo(new Valid(ASSERTION));
    }

    @Test
    void isNotPrinted() {
        SealedAssertion sealed = signer(GATEWAY, SERVICE).sign(ASSERTION);

        assertThat(sealed.toString()).doesNotContain(sealed.keyTicket(), sealed.assertion());
        assertThat(new KeyTickets(SERVICE, CLOCK).read(sealed.keyTicket(), GATEWAY.certificate()))
                .get()
                .asString()
                .startsWith("Ticket[expires=")
                .doesNotContain("key");
    }

    private static AssertionSigner signer(KeyAndCertificate gateway, String service) {
        return new AssertionSigner(gateway.key(), service, CLOCK);
    }

    private static KeyAndCertificate issue() {
        return AUTHORITY.issueProcess("gateway", List.of(), Duration.ofDays(1));
    }

    private static HmacKey keyIn(String ticket) throws Exception {
        String payload = ticket.split("\\.")[1];
        JwtClaims claims =
                JwtClaims.parse(
                        new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
        return new HmacKey(Base64.getUrlDecoder().decode(claims.getStringClaimValue("key")));
    }

    private static JwtClaims assertionClaims() throws Exception {
        String sealed = signer(GATEWAY, SERVICE).sign(ASSERTION).assertion();
        return JwtClaims.parse(
                new String(
                        Base64.getUrlDecoder().decode(sealed.split("\\.")[1]),
                        StandardCharsets.UTF_8));
    }

    private static JwtClaims claims(HmacKey key) {
        JwtClaims claims = new JwtClaims();
        claims.setAudience(SERVICE);
        claims.setIssuedAt(NumericDate.fromSeconds(NOW.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(NOW.getEpochSecond() + 300));
        claims.setClaim(
                "key", Base64.getUrlEncoder().withoutPadding().encodeToString(key.getEncoded()));
        return claims;
    }

    private static JwtClaims audience(String audience) {
        JwtClaims claims = claims(KEY);
        claims.setAudience(audience);
        return claims;
    }

    private static JwtClaims without(String name) {
        JwtClaims claims = claims(KEY);
        claims.unsetClaim(name);
        return claims;
    }

    private static JwtClaims expired() {
        JwtClaims claims = claims(KEY);
        claims.setExpirationTime(NumericDate.fromSeconds(NOW.getEpochSecond() - 6));
        return claims;
    }

    private static String signed(JwtClaims claims) throws Exception {
        return jws(claims, ES256, IssuedKey.TICKET_TYPE, GATEWAY.key());
    }

    private static String signedBy(Key key) throws Exception {
        return jws(claims(KEY), ES256, IssuedKey.TICKET_TYPE, key);
    }

    private static String typed(String type) throws Exception {
        return jws(claims(KEY), ES256, type, GATEWAY.key());
    }

    private static String confused() throws Exception {
        HmacKey publicKey = new HmacKey(GATEWAY.certificate().getPublicKey().getEncoded());
        return jws(claims(KEY), HS256, IssuedKey.TICKET_TYPE, publicKey);
    }

    private static String unsigned() throws Exception {
        return jws(claims(KEY), AlgorithmIdentifiers.NONE, IssuedKey.TICKET_TYPE, null);
    }

    private static String jws(JwtClaims claims, String algorithm, String type, @Nullable Key key)
            throws Exception {
        JsonWebSignature jws = new JsonWebSignature();
        jws.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        jws.setAlgorithmHeaderValue(algorithm);
        jws.setHeader("typ", type);
        jws.setPayload(claims.toJson());
        jws.setKey(key);
        return jws.getCompactSerialization();
    }
}
