package io.ringfence.enforcer.receive;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.trust.certificate.CertificateAuthority;
import io.ringfence.trust.certificate.KeyAndCertificate;
import io.ringfence.trust.signature.Signatures;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// A policy-service with a console of its own, that signs whatever a test wants signed.
final class PolicyService {
    static final Clock NOW = Clock.systemUTC();
    static final String CONSOLE = "c0ffee";
    static final String ENFORCER = "65f0c0ffee0000000000000e";

    private final CertificateAuthority authority = CertificateAuthority.create("console", NOW);
    private final KeyAndCertificate own = process("policy-service");

    X509Certificate authority() {
        return authority.certificate();
    }

    PolicySnapshot policy(long version) {
        return sealed(
                PolicySnapshot.newBuilder()
                        .setConsoleId(CONSOLE)
                        .setEnforcerId(ENFORCER)
                        .setVersion(version)
                        .setCompiledAtMs(1_800_000_000_000L + version)
                        .addText(""));
    }

    static PolicySnapshot sealed(PolicySnapshot.Builder policy) {
        return policy.setDigest(ByteString.copyFrom(PolicyVerifier.digest(policy.build()))).build();
    }

    SignedPolicy sign(PolicySnapshot policy) {
        return sign(own, policy.toByteArray());
    }

    SignedPolicy signBytes(byte[] content) {
        return sign(own, content);
    }

    SignedPolicy signAs(String process, PolicySnapshot policy) {
        return sign(process(process), policy.toByteArray());
    }

    private KeyAndCertificate process(String name) {
        return authority.issueProcess(name, List.of("127.0.0.1"), Duration.ofDays(1));
    }

    private static SignedPolicy sign(KeyAndCertificate signer, byte[] content) {
        try {
            return SignedPolicy.newBuilder()
                    .setContent(ByteString.copyFrom(content))
                    .setSignature(
                            ByteString.copyFrom(
                                    Signatures.sign(Signatures.POLICY, signer.key(), content)))
                    .setCertificate(ByteString.copyFrom(signer.certificate().getEncoded()))
                    .build();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
