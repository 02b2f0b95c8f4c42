package io.ringfence.enforcer.receive;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.network.Prefix;
import io.ringfence.contracts.policy.AddressClass;
import io.ringfence.contracts.policy.Decision;
import io.ringfence.contracts.policy.DirectionPolicy;
import io.ringfence.contracts.policy.PeerClass;
import io.ringfence.contracts.policy.PeerDirectory;
import io.ringfence.contracts.policy.PeerOwner;
import io.ringfence.contracts.policy.PolicyAction;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.PortRule;
import io.ringfence.contracts.policy.ProcessingUnitPolicy;
import io.ringfence.contracts.policy.SignedDirectory;
import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.engine.directory.TenantDirectory;
import io.ringfence.engine.form.CanonicalForm;
import io.ringfence.engine.form.PolicyDeltas;
import io.ringfence.engine.form.PolicyDigest;
import io.ringfence.trust.certificate.CertificateAuthority;
import io.ringfence.trust.certificate.KeyAndCertificate;
import io.ringfence.trust.signature.Signatures;
import java.net.InetAddress;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A policy-service with a console of its own, that signs whatever a test wants signed.
final class PolicyService {
    static final Clock NOW = Clock.systemUTC();
    static final String CONSOLE = "c0ffee";
    static final String TENANT = "acme";
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
        return PolicyDigest.seal(policy.build());
    }

    /// Read with the directory of [#TENANT].
    PolicySnapshot policyOfTenant(long version) {
        return sealed(policy(version).toBuilder().addTenants(TENANT));
    }

    /// Lets these addresses in.
    PolicySnapshot policyAbout(long version, String... addresses) {
        DirectionPolicy.Builder incoming =
                DirectionPolicy.newBuilder()
                        .addDecisions(Decision.newBuilder().setAction(PolicyAction.DENY))
                        .addDecisions(Decision.newBuilder().setAction(PolicyAction.ALLOW))
                        .addClasses(PeerClass.getDefaultInstance())
                        .addClasses(
                                PeerClass.newBuilder()
                                        .addProgram(PortRule.newBuilder().setDecision(1)));
        for (String address : addresses) {
            incoming.addAddresses(
                    AddressClass.newBuilder()
                            .setAddress(
                                    ByteString.copyFrom(
                                            InetAddress.ofLiteral(address).getAddress()))
                            .setPrefixLength(32)
                            .setPeerClass(1));
        }
        PolicySnapshot policy =
                policy(version).toBuilder()
                        .addProcessingUnits(ProcessingUnitPolicy.newBuilder().setIncoming(incoming))
                        .build();
        return sealed(CanonicalForm.of(policy).toBuilder());
    }

    SignedPolicy signDelta(PolicySnapshot before, PolicySnapshot after) {
        byte[] content = PolicyDeltas.between(before, after).orElseThrow().toByteArray();
        return sign(own, Signatures.POLICY_DELTA, content).toBuilder().setIsDelta(true).build();
    }

    static PeerOwner owner(String address, String unitId) {
        return PeerOwner.newBuilder()
                .setAddress(ByteString.copyFrom(InetAddress.ofLiteral(address).getAddress()))
                .setProcessingUnitId(unitId)
                .build();
    }

    /// All of it.
    SignedDirectory sign(TenantDirectory directory, long version) {
        return sign(own, directory.whole(), version);
    }

    SignedDirectory signAs(String process, TenantDirectory directory, long version) {
        return sign(process(process), directory.whole(), version);
    }

    SignedDirectory signChange(TenantDirectory before, TenantDirectory after, long version) {
        Set<Prefix> addresses = new HashSet<>(before.addresses());
        addresses.addAll(after.addresses());
        return sign(own, after.since(before, addresses), version);
    }

    private static SignedDirectory sign(
            KeyAndCertificate signer, PeerDirectory.Builder directory, long version) {
        ByteString content =
                directory
                        .setConsoleId(CONSOLE)
                        .setTenant(TENANT)
                        .setVersion(version)
                        .build()
                        .toByteString();
        SignedPolicy signed = sign(signer, Signatures.DIRECTORY, content.toByteArray());
        return SignedDirectory.newBuilder()
                .setContent(content)
                .setSignature(signed.getSignature())
                .setCertificate(signed.getCertificate())
                .build();
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
        return sign(signer, Signatures.POLICY, content);
    }

    private static SignedPolicy sign(KeyAndCertificate signer, String domain, byte[] content) {
        try {
            return SignedPolicy.newBuilder()
                    .setContent(ByteString.copyFrom(content))
                    .setSignature(
                            ByteString.copyFrom(Signatures.sign(domain, signer.key(), content)))
                    .setCertificate(ByteString.copyFrom(signer.certificate().getEncoded()))
                    .build();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
