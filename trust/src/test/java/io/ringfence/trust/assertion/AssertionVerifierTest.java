package io.ringfence.trust.assertion;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.contracts.identity.Claim;
import io.ringfence.trust.assertion.AssertionCheck.Invalid;
import io.ringfence.trust.assertion.AssertionCheck.Valid;
import io.ringfence.trust.certificate.AppCredentialSubject;
import io.ringfence.trust.certificate.CertificateAuthority;
import io.ringfence.trust.certificate.KeyAndCertificate;
import io.ringfence.trust.token.Restrictions;
import io.ringfence.trust.token.TokenClaims;
import io.ringfence.trust.token.TokenSigner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AssertionVerifierTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final String SERVICE = "policy-service";
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final TokenClaims CLAIMS =
            new TokenClaims(
                    "t1",
                    "admin",
                    "certificate",
                    Map.of("commonname", "app"),
                    new Restrictions("/acme", List.of("namespaces,get"), List.of()),
                    3,
                    Set.of(Claim.API_AUDIENCE),
                    NOW,
                    NOW.plusSeconds(60),
                    Map.of(),
                    List.of("t0"));
    private static final Assertion ASSERTION =
            new Assertion(
                    "POST",
                    "/networkrulesetpolicies",
                    "/acme/shop",
                    AssertedCaller.of(CLAIMS),
                    "ab12",
                    List.of("@auth:role=namespace.administrator"));

    private static final Invalid BAD_TICKET =
            new Invalid(
                    "the key ticket is not the gateway's, not for this service, or has expired");

    private final CertificateAuthority authority = CertificateAuthority.create("console", CLOCK);
    private final KeyAndCertificate gateway = issue("gateway");
    private final SealedAssertion sealed = sealedBy(gateway, ASSERTION);
    private final AssertionVerifier verifier = new AssertionVerifier(SERVICE, CLOCK);

    @Test
    void believesTheGatewayForThisRequest() {
        assertThat(
                        verifier.verify(
                                sealed,
                                gateway.certificate(),
                                "POST",
                                "/networkrulesetpolicies",
                                "/acme/shop"))
                .isEqualTo(new Valid(ASSERTION));
    }

    @Test
    void carriesWhereElseTheCallerMayCreate() {
        Assertion handedOver =
                new Assertion(
                        "POST",
                        "/importrequests",
                        "/acme",
                        AssertedCaller.ANONYMOUS,
                        null,
                        List.of("importrequest,post"),
                        List.of("/other", "/third"));

        assertThat(
                        verifier.verify(
                                sealedBy(gateway, handedOver),
                                gateway.certificate(),
                                "POST",
                                "/importrequests",
                                "/acme"))
                .isEqualTo(new Valid(handedOver));
    }

    @Test
    void carriesAnAnonymousCaller() {
        Assertion anonymous =
                new Assertion("POST", "/issue", "/", AssertedCaller.ANONYMOUS, null, List.of());

        assertThat(verifier.verify(sealedBy(gateway, anonymous), gateway.certificate()))
                .isEqualTo(new Valid(anonymous));
    }

    @Test
    void doesNotHoldForAnotherRequest() {
        assertRefused("DELETE", "/networkrulesetpolicies", "/acme/shop");
        assertRefused("POST", "/namespaces", "/acme/shop");
        assertRefused("POST", "/networkrulesetpolicies", "/acme");
    }

    @Test
    void isNotBelievedFromAnotherProcess() {
        KeyAndCertificate service = issue("policy-service");

        assertThat(verifier.verify(sealed, service.certificate()))
                .isEqualTo(new Invalid("the peer is not the gateway"));
        assertThat(verifier.verify(sealedBy(service, ASSERTION), service.certificate()))
                .isEqualTo(new Invalid("the peer is not the gateway"));
    }

    @Test
    void isNotBelievedFromACredentialThatIsCalledGateway() {
        KeyAndCertificate credential =
                authority.issueCredential(
                        new AppCredentialSubject("0123456789abcdef01234567", "gateway", "/"),
                        Duration.ofDays(1));

        assertThat(verifier.verify(sealedBy(credential, ASSERTION), credential.certificate()))
                .isEqualTo(new Invalid("the peer is not the gateway"));
    }

    @Test
    void isNotBelievedWhenAnotherKeySignedIt() {
        SealedAssertion foreign = sealedBy(issue("gateway"), ASSERTION);

        assertThat(verifier.verify(foreign, gateway.certificate())).isEqualTo(BAD_TICKET);
    }

    @Test
    void livesForAMinute() {
        assertThat(verifierAt(NOW.plusSeconds(64)).verify(sealed, gateway.certificate()))
                .isInstanceOf(Valid.class);
        assertThat(verifierAt(NOW.plusSeconds(66)).verify(sealed, gateway.certificate()))
                .isEqualTo(new Invalid("the assertion has expired"));
    }

    @Test
    void believesOnceVerifiedOnesAgainButNoLongerAndFromNobodyElse() {
        Instant[] now = {NOW};
        AssertionVerifier remembering =
                new AssertionVerifier(
                        SERVICE, ((InstantSource) () -> now[0]).withZone(ZoneOffset.UTC));
        KeyAndCertificate renewed = issue("gateway");
        assertThat(remembering.verify(sealed, gateway.certificate()))
                .isEqualTo(new Valid(ASSERTION));

        assertThat(remembering.verify(sealed, gateway.certificate()))
                .isEqualTo(new Valid(ASSERTION));
        assertThat(remembering.verify(sealed, gateway.certificate(), "DELETE", "/x", "/"))
                .isEqualTo(new Invalid("the assertion is for another request"));
        assertThat(remembering.verify(sealed, renewed.certificate())).isEqualTo(BAD_TICKET);
        assertThat(remembering.verify(sealed, issue("policy-service").certificate()))
                .isEqualTo(new Invalid("the peer is not the gateway"));
        now[0] = NOW.plusSeconds(66);
        assertThat(remembering.verify(sealed, gateway.certificate()))
                .isEqualTo(new Invalid("the assertion has expired"));
    }

    @Test
    void aTokenIsNoAssertion() {
        String token = new TokenSigner(gateway.key(), "k", CLOCK).sign(CLAIMS);

        for (String text : List.of(token, sealed.keyTicket(), "", "null")) {
            assertThat(
                            verifier.verify(
                                    new SealedAssertion(text, sealed.keyTicket()),
                                    gateway.certificate()))
                    .isEqualTo(new Invalid("the assertion is not the gateway's"));
        }
    }

    private void assertRefused(String method, String path, String namespace) {
        assertThat(verifier.verify(sealed, gateway.certificate(), method, path, namespace))
                .isEqualTo(new Invalid("the assertion is for another request"));
    }

    private static SealedAssertion sealedBy(KeyAndCertificate process, Assertion assertion) {
        return new AssertionSigner(process.key(), SERVICE, CLOCK).sign(assertion);
    }

    private KeyAndCertificate issue(String process) {
        return authority.issueProcess(process, List.of(), Duration.ofDays(1));
    }

    private static AssertionVerifier verifierAt(Instant instant) {
        return new AssertionVerifier(SERVICE, Clock.fixed(instant, ZoneOffset.UTC));
    }
}
