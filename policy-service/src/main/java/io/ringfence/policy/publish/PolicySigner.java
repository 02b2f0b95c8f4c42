package io.ringfence.policy.publish;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.policy.PeerDirectory;
import io.ringfence.contracts.policy.PolicyDelta;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.SignedDirectory;
import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.trust.certificate.KeyAndCertificate;
import io.ringfence.trust.signature.Signatures;
import java.security.cert.CertificateEncodingException;

/// Puts this service's name under policies and directories.
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
        ByteString content = policy.toByteString();
        return SignedPolicy.newBuilder()
                .setContent(content)
                .setSignature(signature(Signatures.POLICY, content))
                .setCertificate(certificate)
                .build();
    }

    SignedPolicy sign(PolicyDelta delta) {
        ByteString content = delta.toByteString();
        return SignedPolicy.newBuilder()
                .setContent(content)
                .setSignature(signature(Signatures.POLICY_DELTA, content))
                .setCertificate(certificate)
                .setIsDelta(true)
                .build();
    }

    SignedDirectory sign(PeerDirectory directory) {
        ByteString content = directory.toByteString();
        return SignedDirectory.newBuilder()
                .setContent(content)
                .setSignature(signature(Signatures.DIRECTORY, content))
                .setCertificate(certificate)
                .build();
    }

    private ByteString signature(String domain, ByteString content) {
        return ByteString.copyFrom(Signatures.sign(domain, identity.key(), content.toByteArray()));
    }
}
