package io.ringfence.trust.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.trust.certificate.CertificateCheck.Trusted;
import io.ringfence.trust.certificate.CertificateCheck.Untrusted;
import io.ringfence.trust.certificate.Issuance.Issued;
import io.ringfence.trust.certificate.Issuance.Refused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Duration DAY = Duration.ofDays(1);
    private static final EnforcerSubject ENFORCER =
            new EnforcerSubject("0123456789abcdef01234567", "/acme/shop, O=\"evil\"");

    private final CertificateAuthority authority = CertificateAuthority.create("console", CLOCK);
    private final TrustedCertificates trusted =
            new TrustedCertificates(authority.certificate(), CLOCK);

    @Test
    void issuesToAProcessForItsNames() throws Exception {
        KeyAndCertificate gateway =
                authority.issueProcess("gateway", List.of("localhost", "127.0.0.1", "::1"), DAY);

        assertThat(gateway.certificate().getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .containsExactly("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(gateway.certificate().getExtendedKeyUsage()).hasSize(2);
        assertThat(CertificateSubject.of(gateway.certificate()))
                .contains(new ProcessSubject("gateway"));
        assertThat(trusted.verify(gateway.certificate().getEncoded())).isInstanceOf(Trusted.class);
    }

    @Test
    void givesItsOwnSubjectAndNotTheRequests() {
        String lie = CertificateRequest.create(KeyPairs.generate(), "CN=gateway");

        X509Certificate issued = issued(authority.issueFromRequest(lie, ENFORCER, DAY));

        assertThat(CertificateSubject.of(issued)).contains(ENFORCER);
        assertThat(EnforcerSubject.parse(issued)).contains(ENFORCER);
        assertThat(issued.getNotAfter().toInstant()).isEqualTo(NOW.plus(DAY));
    }

    @Test
    void certifiesTheKeyOfTheRequest() {
        KeyPair keys = KeyPairs.generate();

        Issuance issuance =
                authority.issueFromRequest(CertificateRequest.create(keys), ENFORCER, DAY);

        assertThat(issued(issuance).getPublicKey()).isEqualTo(keys.getPublic());
    }

    @Test
    void refusesARequestWithoutProofOfPossession() {
        KeyPair mine = KeyPairs.generate();
        KeyPair theirs = KeyPairs.generate();
        String request =
                CertificateRequest.create(new KeyPair(theirs.getPublic(), mine.getPrivate()));

        assertThat(authority.issueFromRequest(request, ENFORCER, DAY))
                .isEqualTo(new Refused("the request is not signed with the key it carries"));
    }

    @Test
    void refusesWhatIsNoRequest() {
        assertThat(authority.issueFromRequest("hello", ENFORCER, DAY)).isInstanceOf(Refused.class);
        assertThat(
                        authority.issueFromRequest(
                                Pem.block("CERTIFICATE REQUEST", new byte[] {1, 2, 3}),
                                ENFORCER,
                                DAY))
                .isInstanceOf(Refused.class);
        assertThat(authority.issueFromRequest("x".repeat(10_000), ENFORCER, DAY))
                .isInstanceOf(Refused.class);
    }

    @Test
    void refusesAnotherCurve() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(384);

        assertThat(
                        authority.issueFromRequest(
                                CertificateRequest.create(generator.generateKeyPair()),
                                ENFORCER,
                                DAY))
                .isEqualTo(new Refused("the key must be EC P-256"));
    }

    @Test
    void tellsItsOwnFromThoseOfAnAuthorityOfTheSameName() throws Exception {
        CertificateAuthority impostor = CertificateAuthority.create("console", CLOCK);

        assertThat(
                        trusted.verify(
                                impostor.issueProcess("gateway", List.of(), DAY)
                                        .certificate()
                                        .getEncoded()))
                .isInstanceOf(Untrusted.class);
        assertThat(trusted.verify(authority.certificate().getEncoded()))
                .isInstanceOf(Untrusted.class);
        assertThat(trusted.verify(new byte[] {1, 2, 3})).isInstanceOf(Untrusted.class);
    }

    @Test
    void judgesACertificateByTheTimeInQuestion() throws Exception {
        byte[] der = authority.issueProcess("gateway", List.of(), DAY).certificate().getEncoded();

        assertThat(trusted.verify(der, NOW.plus(DAY))).isInstanceOf(Trusted.class);
        assertThat(trusted.verify(der, NOW.plus(DAY).plusSeconds(1))).isInstanceOf(Untrusted.class);
        assertThat(trusted.verify(der, NOW.minus(DAY))).isInstanceOf(Untrusted.class);
    }

    @Test
    void keepsAnAppCredentialsNameWithColons() {
        AppCredentialSubject subject =
                new AppCredentialSubject("0123456789abcdef01234567", "ci: nightly", "/");

        X509Certificate certificate = authority.issueCredential(subject, DAY).certificate();

        assertThat(AppCredentialSubject.parse(certificate)).contains(subject);
        assertThat(certificate.getSubjectX500Principal().getName())
                .contains("app:credential:0123456789abcdef01234567:ci: nightly");
    }

    @Test
    void refusesSubjectsThatCouldBeTakenForOthers() {
        assertThatThrownBy(() -> new EnforcerSubject("1", "/acme"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ProcessSubject("enforcer:1"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ProcessSubject("gateway,O=x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writesKeysForTheirOwnerOnlyAndReadsThemBack(@TempDir Path folder) throws Exception {
        Path certificate = folder.resolve("ca.pem");
        Path key = folder.resolve("ca.key.pem");
        authority.write(certificate, key);

        CertificateAuthority again = CertificateAuthority.load(certificate, key, CLOCK);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(
                        trusted.verify(
                                again.issueProcess("gateway", List.of(), DAY)
                                        .certificate()
                                        .getEncoded()))
                .isInstanceOf(Trusted.class);
    }

    @Test
    void neverShowsAKey() {
        KeyAndCertificate gateway = authority.issueProcess("gateway", List.of(), DAY);

        assertThat(gateway.toString()).isEqualTo("KeyAndCertificate[CN=gateway]");
        assertThatThrownBy(() -> Pem.privateKey(gateway.keyPem().replace("M", "A")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not an EC private key in PKCS#8 form");
    }

    private static X509Certificate issued(Issuance issuance) {
        return switch (issuance) {
            case Issued(X509Certificate certificate) -> certificate;
            case Refused(String reason) -> throw new AssertionError(reason);
        };
    }
}
