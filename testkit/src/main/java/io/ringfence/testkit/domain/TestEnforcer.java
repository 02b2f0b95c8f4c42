package io.ringfence.testkit.domain;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.flow.FlowBatch;
import io.ringfence.contracts.flow.SignedFlowBatch;
import io.ringfence.embedded.init.DataFolder;
import io.ringfence.embedded.init.Installation;
import io.ringfence.trust.certificate.CertificateAuthority;
import io.ringfence.trust.certificate.CertificateRequest;
import io.ringfence.trust.certificate.EnforcerSubject;
import io.ringfence.trust.certificate.Issuance;
import io.ringfence.trust.certificate.KeyAndCertificate;
import io.ringfence.trust.certificate.KeyPairs;
import io.ringfence.trust.signature.Signatures;
import java.security.KeyPair;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;

/// An enforcer that has its certificate from the installation's authority.
public record TestEnforcer(String id, String namespace, KeyAndCertificate identity) {

    /// @param id 24 hexadecimal digits
    public static TestEnforcer enroll(Installation installation, String id, String namespace) {
        DataFolder folder = installation.folder();
        return enroll(
                CertificateAuthority.load(folder.authority(), folder.authorityKey()),
                id,
                namespace);
    }

    public static TestEnforcer enroll(CertificateAuthority authority, String id, String namespace) {
        KeyPair keys = KeyPairs.generate();
        Issuance issuance =
                authority.issueFromRequest(
                        CertificateRequest.create(keys),
                        new EnforcerSubject(id, namespace),
                        Duration.ofHours(24));
        return switch (issuance) {
            case Issuance.Issued(var certificate) ->
                    new TestEnforcer(
                            id, namespace, new KeyAndCertificate(keys.getPrivate(), certificate));
            case Issuance.Refused(String reason) -> throw new AssertionError(reason);
        };
    }

    public SignedFlowBatch sign(FlowBatch batch) {
        byte[] content = batch.toByteArray();
        try {
            return SignedFlowBatch.newBuilder()
                    .setContent(ByteString.copyFrom(content))
                    .setSignature(
                            ByteString.copyFrom(
                                    Signatures.sign(
                                            Signatures.FLOW_BATCH, identity.key(), content)))
                    .setCertificate(ByteString.copyFrom(identity.certificate().getEncoded()))
                    .build();
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }
}
