package io.ringfence.trust.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.trust.certificate.CertificateAuthority;
import io.ringfence.trust.certificate.KeyAndCertificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

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

    private KeyAndCertificate issue(String process) {
        return authority.issueProcess(process, List.of(), Duration.ofHours(1));
    }

    private static boolean verify(
            String domain, KeyAndCertificate signer, byte[] content, byte[] signature) {
        return Signatures.verify(domain, signer.certificate(), content, signature);
    }
}
