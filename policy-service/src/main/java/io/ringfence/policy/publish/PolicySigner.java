package io.ringfence.policy.publish;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.trust.certificate.KeyAndCertificate;
import io.ringfence.trust.signature.Signatures;
import java.security.cert.CertificateEncodingException;

/// Puts this service's name under a policy.
final class PolicySigner {
    private final KeyAndCertificate identity;
    private final ByteString certificate;

    PolicySigner(KeyAndCertificate identity) {
        this.identity = identity;
        try {
            this.certificate = ByteString.copyFrom(identity.certificate().getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("The service's certificate has no encoding", e);
        }
    }

    SignedPolicy sign(PolicySnapshot policy) {
        byte[] content = policy.toByteArray();
        return SignedPolicy.newBuilder()
                .setContent(ByteString.copyFrom(content))
                .setSignature(
                        ByteString.copyFrom(
                                Signatures.sign(Signatures.POLICY, identity.key(), content)))
                .setCertificate(certificate)
                .build();
    }
}
