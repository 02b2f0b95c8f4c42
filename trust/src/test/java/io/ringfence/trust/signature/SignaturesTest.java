package io.ringfence.trust.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.trust.certificate.CertificateAuthority;
import io.ringfence.trust.certificate.KeyAndCertificate;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class SignaturesTest {
    private static final byte[] CONTENT = "ten flows".getBytes(UTF_8);

    private final CertificateAuthority authority =
            CertificateAuthority.create("console", Clock.systemUTC());
    private final KeyAndCertificate signer = issue("policy-service");
    private final byte[] signature = Signatures.sign(Signatures.POLICY, signer.key(), CONTENT);

    @Test
    void holdsForWhatWasSigned() {
        assertThat(verify(Signatures.POLICY, signer, CONTENT, signature)).isTrue();
    }

    @Test
    void doesNotHoldForOtherContent() {
        assertThat(verify(Signatures.POLICY, signer, "eleven".getBytes(UTF_8), signature))
                .isFalse();
    }

    @Test
    void doesNotHoldInAnotherDomain() {
        assertThat(verify(Signatures.FLOW_BATCH, signer, CONTENT, signature)).isFalse();
    }

    @Test
    void doesNotHoldForAnotherSigner() {
        assertThat(verify(Signatures.POLICY, issue("gateway"), CONTENT, signature)).isFalse();
    }

    @Test
    void doesNotHoldWhenItIsNoSignature() {
        assertThat(verify(Signatures.POLICY, signer, CONTENT, new byte[0])).isFalse();
        assertThat(verify(Signatures.POLICY, signer, CONTENT, new byte[] {1, 2, 3})).isFalse();
    }

    /// An enforcer may run where there is no native library, and its console where there is one.
    @Test
    void holdsForWhatTheJdkSignsAndTheOtherWayAround() throws GeneralSecurityException {
        byte[] signed = (Signatures.POLICY + '\0' + new String(CONTENT, UTF_8)).getBytes(UTF_8);

        Signature signing = Signature.getInstance("SHA256withECDSA");
        signing.initSign(signer.key());
        signing.update(signed);
        assertThat(verify(Signatures.POLICY, signer, CONTENT, signing.sign())).isTrue();

        Signature verifying = Signature.getInstance("SHA256withECDSA");
        verifying.initVerify(signer.certificate());
        verifying.update(signed);
        assertThat(verifying.verify(signature)).isTrue();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void isNativeWhereItCanBe() throws NoSuchAlgorithmException {
        assertThat(Algorithm.instance().getProvider().getName()).isEqualTo("Conscrypt");
    }

    private KeyAndCertificate issue(String process) {
        return authority.issueProcess(process, List.of(), Duration.ofHours(1));
    }

    private static boolean verify(
            String domain, KeyAndCertificate signer, byte[] content, byte[] signature) {
        return Signatures.verify(domain, signer.certificate(), content, signature);
    }
}
