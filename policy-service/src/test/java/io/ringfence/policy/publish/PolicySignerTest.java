package io.ringfence.policy.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.trust.certificate.CertificateAuthority;
import io.ringfence.trust.certificate.CertificateCheck;
import io.ringfence.trust.certificate.KeyAndCertificate;
import io.ringfence.trust.certificate.TrustedCertificates;
import io.ringfence.trust.signature.Signatures;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicySignerTest {
    private final CertificateAuthority authority =
            CertificateAuthority.create("test", Clock.systemUTC());

    @Test
    void anyoneWhoKnowsTheAuthorityCanVerify() throws Exception {
        KeyAndCertificate identity =
                authority.issueProcess("policy-service", List.of(), Duration.ofHours(1));
        PolicySnapshot policy = PolicySnapshot.newBuilder().setEnforcerId("e1").build();

        SignedPolicy signed = new PolicySigner(identity).sign(policy);

        CertificateCheck check =
                new TrustedCertificates(authority.certificate(), Clock.systemUTC())
                        .verify(signed.getCertificate().toByteArray());
        assertThat(check).isInstanceOf(CertificateCheck.Trusted.class);
        X509Certificate certificate = identity.certificate();
        byte[] content = signed.getContent().toByteArray();
        byte[] signature = signed.getSignature().toByteArray();
        assertThat(Signatures.verify(Signatures.POLICY, certificate, content, signature)).isTrue();
        assertThat(Signatures.verify(Signatures.FLOW_BATCH, certificate, content, signature))
                .isFalse();
        assertThat(PolicySnapshot.parseFrom(content)).isEqualTo(policy);
    }
}
