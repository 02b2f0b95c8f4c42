package io.ringfence.identity.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.contracts.identity.Claim;
import io.ringfence.identity.credentials.CredentialLogin;
import io.ringfence.protocol.error.ApiException;
import io.ringfence.trust.certificate.AppCredentialSubject;
import io.ringfence.trust.certificate.CertificateAuthority;
import io.ringfence.trust.certificate.CertificateRequest;
import io.ringfence.trust.certificate.EnforcerSubject;
import io.ringfence.trust.certificate.Issuance;
import io.ringfence.trust.certificate.KeyPairs;
import io.ringfence.trust.token.JwksDocument;
import io.ringfence.trust.token.Restrictions;
import io.ringfence.trust.token.TokenCheck;
import io.ringfence.trust.token.TokenClaims;
import io.ringfence.trust.token.TokenSigner;
import io.ringfence.trust.token.TokenVerifier;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenIssuerTest {
    private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final KeyPair KEYS = KeyPairs.generate();
    private static final CertificateAuthority AUTHORITY =
            CertificateAuthority.create("test", CLOCK);
    private static final AppCredentialSubject ADMINISTRATOR =
            new AppCredentialSubject("0123456789abcdef01234567", "administrator", "/");
    private static final EnforcerSubject ENFORCER =
            new EnforcerSubject("aaaaaaaaaaaaaaaaaaaaaaaa", "/acme/shop");

    private final TokenIssuer issuer =
            new TokenIssuer(() -> TokenSigner.of(KEYS.getPrivate(), CLOCK), LONGEST, CLOCK);

    @Test
    void saysWhoHoldsTheCertificate() {
        TokenClaims claims = issuer.issue(administrator(), request().build()).claims();
        assertThat(claims.tags())
                .contains(
                        "@auth:realm=certificate",
                        "@auth:commonname=app:credential:0123456789abcdef01234567:administrator",
                        "@auth:organization=/")
                .anyMatch(tag -> tag.matches("@auth:serialnumber=\\d+"));
        assertThat(claims.audience()).containsExactly(Claim.API_AUDIENCE);
        assertThat(claims.restrictions()).isEqualTo(Restrictions.NONE);
        assertThat(claims.expiresAt()).isEqualTo(NOW.plus(Duration.ofHours(24)));
    }

    @Test
    void signsWhatTheKeySetVerifies() {
        IssuedToken issued = issuer.issue(administrator(), request().build());
        TokenVerifier verifier =
                new TokenVerifier(
                        JwksDocument.of((ECPublicKey) KEYS.getPublic()), Claim.API_AUDIENCE, CLOCK);
        assertThat(verifier.verify(issued.jwt())).isEqualTo(new TokenCheck.Valid(issued.claims()));
        assertThat(issued.toString()).doesNotContain(issued.jwt());
    }

    @Test
    void bindsAnEnforcerToItsNamespaceAndRole() {
        TokenClaims claims = issuer.issue(enforcer(), request().build()).claims();
        assertThat(claims.tags()).contains("@auth:enforcerid=" + ENFORCER.id());
        assertThat(claims.restrictions())
                .isEqualTo(
                        new Restrictions("/acme/shop", List.of("@auth:role=enforcer"), List.of()));
        assertThatThrownBy(() ->
                        issuer.issue(
                                enforcer(),
                                request()
                                        .restricted(new Restrictions("/acme", List.of(), List.of()))
                                        .build()))
                .isInstanceOf(ApiException.class);
    }

    @Test
    void givesAnEnforcerFiveMinutesOfKafka() {
        TokenRequest asked = request().audience(Claim.KAFKA_AUDIENCE).build();
        TokenClaims claims = issuer.issue(enforcer(), asked).claims();
        assertThat(claims.subject()).isEqualTo("enforcer");
        assertThat(claims.audience()).containsExactly(Claim.KAFKA_AUDIENCE);
        assertThat(claims.expiresAt()).isEqualTo(NOW.plus(Duration.ofMinutes(5)));
    }

    @Test
    void givesNobodyElseKafka() {
        TokenRequest asked = request().audience(Claim.KAFKA_AUDIENCE).build();
        forbidden(administrator(), asked);
        Source again = Source.of(issuer.issue(enforcer(), request().build()).claims());
        forbidden(again, asked);
    }

    @Test
    void staysTheSameCallerWhenNarrowed() {
        TokenClaims wide = issuer.issue(administrator(), request().build()).claims();
        TokenClaims narrow =
                issuer.issue(
                                Source.of(wide),
                                request()
                                        .validity("30m")
                                        .quota(1)
                                        .restricted(
                                                new Restrictions(
                                                        "/acme/shop",
                                                        List.of("@auth:role=enforcer"),
                                                        List.of()))
                                        .build())
                        .claims();
        assertThat(narrow.tags()).isEqualTo(wide.tags());
        assertThat(narrow.quota()).isEqualTo(1);
        assertThat(narrow.restrictions().namespace()).isEqualTo("/acme/shop");
        assertThat(narrow.tokenId()).isNotEqualTo(wide.tokenId());
    }

    @Test
    void saysWhatItWasMadeFrom() {
        TokenClaims first = issuer.issue(administrator(), request().build()).claims();
        TokenClaims second = issuer.issue(Source.of(first), request().build()).claims();
        TokenClaims third = issuer.issue(Source.of(second), request().build()).claims();

        assertThat(first.ancestors()).isEmpty();
        assertThat(third.ancestors()).containsExactly(first.tokenId(), second.tokenId());
    }

    @Test
    void makesNoTokenOfTooManyAncestors() {
        TokenClaims last = issuer.issue(administrator(), request().build()).claims();
        for (int i = 0; i < TokenIssuer.MOST_ANCESTORS; i++) {
            last = issuer.issue(Source.of(last), request().build()).claims();
        }
        forbidden(Source.of(last), request().build());
    }

    @Test
    void carriesWhatIsOpaque() {
        TokenClaims claims = issuer.issue(administrator(), request().build()).claims();
        assertThat(claims.opaque()).isEqualTo(Map.of("ticket", "42"));
        assertThat(claims.tags()).noneMatch(tag -> tag.contains("ticket"));
    }

    @Test
    void endsWhenItsSigningKeyIsForgotten() {
        Source account = Source.ofAccount("jane", NOW.plus(Duration.ofDays(10_000)));
        IssuedToken issued = issuer.issue(account, request().validity("99999h").build());
        assertThat(issued.claims().expiresAt()).isEqualTo(NOW.plus(LONGEST));
    }

    @Test
    void neverOutlivesItsSource() {
        TokenClaims hour = issuer.issue(administrator(), request().validity("1h").build()).claims();
        IssuedToken made = issuer.issue(Source.of(hour), request().validity("720h").build());
        assertThat(made.claims().expiresAt()).isEqualTo(hour.expiresAt());
        assertThat(made.validity()).hasToString("1h0m0s");
    }

    @Test
    void endsABootstrapTokenAfterThirtyMinutes() {
        TokenClaims claims =
                issuer.issue(
                                administrator(),
                                request()
                                        .quota(1)
                                        .restricted(
                                                new Restrictions(
                                                        "/acme",
                                                        List.of("@auth:role=enforcer"),
                                                        List.of()))
                                        .build())
                        .claims();
        assertThat(claims.expiresAt()).isEqualTo(NOW.plus(Duration.ofMinutes(30)));
    }

    @Test
    void makesNothingOfWhatHasExpired() {
        TokenClaims brief =
                issuer.issue(administrator(), request().validity("1s").build()).claims();
        TokenIssuer later =
                new TokenIssuer(
                        () -> TokenSigner.of(KEYS.getPrivate(), CLOCK),
                        LONGEST,
                        Clock.offset(CLOCK, Duration.ofSeconds(1)));
        assertThatThrownBy(() -> later.issue(Source.of(brief), request().build()))
                .isInstanceOfSatisfying(
                        ApiException.class, refusal -> assertThat(refusal.status()).isEqualTo(401));
    }

    private void forbidden(Source source, TokenRequest request) {
        assertThatThrownBy(() -> issuer.issue(source, request))
                .isInstanceOfSatisfying(
                        ApiException.class, refusal -> assertThat(refusal.status()).isEqualTo(403));
    }

    @Test
    void keepsToWhatTheCredentialAllows() {
        Source limited =
                administrator(
                        new CredentialLogin(
                                Optional.of(Duration.ofMinutes(10)), List.of("10.0.0.0/8")));
        TokenClaims claims = issuer.issue(limited, request().validity("24h").build()).claims();
        assertThat(claims.expiresAt()).isEqualTo(NOW.plus(Duration.ofMinutes(10)));
        assertThat(claims.restrictions().networks()).containsExactly("10.0.0.0/8");
        forbidden(
                limited,
                request()
                        .restricted(new Restrictions("", List.of(), List.of("192.168.0.0/16")))
                        .build());
    }

    private static Source administrator() {
        return administrator(new CredentialLogin(Optional.empty(), List.of()));
    }

    private static Source administrator(CredentialLogin login) {
        return Source.of(
                ADMINISTRATOR,
                AUTHORITY.issueCredential(ADMINISTRATOR, Duration.ofDays(3650)).certificate(),
                login);
    }

    private static Source enforcer() {
        return switch (AUTHORITY.issueFromRequest(
                CertificateRequest.create(KeyPairs.generate()), ENFORCER, Duration.ofHours(24))) {
            case Issuance.Issued(X509Certificate certificate) -> Source.of(ENFORCER, certificate);
            case Issuance.Refused(String reason) -> throw new AssertionError(reason);
        };
    }

    private static Request request() {
        return new Request("24h", "", Restrictions.NONE, 0);
    }

    private record Request(String validity, String audience, Restrictions restrictions, int quota) {
        Request validity(String text) {
            return new Request(text, audience, restrictions, quota);
        }

        Request audience(String text) {
            return new Request(validity, text, restrictions, quota);
        }

        Request restricted(Restrictions asked) {
            return new Request(validity, audience, asked, quota);
        }

        Request quota(int uses) {
            return new Request(validity, audience, restrictions, uses);
        }

        TokenRequest build() {
            return new TokenRequest(
                    Realm.CERTIFICATE,
                    new Evidence.Certificate(),
                    Validity.parse(validity),
                    audience,
                    restrictions,
                    quota,
                    Map.of("ticket", "42"));
        }
    }
}
