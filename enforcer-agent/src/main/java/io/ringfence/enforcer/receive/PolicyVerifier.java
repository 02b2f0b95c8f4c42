package io.ringfence.enforcer.receive;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.ringfence.contracts.policy.PeerDirectory;
import io.ringfence.contracts.policy.PolicyDelta;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.SignedDirectory;
import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.contracts.topic.Principal;
import io.ringfence.enforcer.receive.PolicyCheck.Genuine;
import io.ringfence.enforcer.receive.PolicyCheck.Refused;
import io.ringfence.engine.form.PolicyDeltas;
import io.ringfence.engine.form.PolicyDigest;
import io.ringfence.trust.certificate.CertificateCheck;
import io.ringfence.trust.certificate.CertificateSubject;
import io.ringfence.trust.certificate.Pem;
import io.ringfence.trust.certificate.ProcessSubject;
import io.ringfence.trust.certificate.TrustedCertificates;
import io.ringfence.trust.signature.Signatures;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/// Believes a policy only if policy-service of this console signed it for this enforcer, and a
/// directory if it signed that. The gateway and whoever stands between are not trusted with its
/// content.
public final class PolicyVerifier {
    private final TrustedCertificates trusted;
    private final String consoleId;
    private final String enforcerId;
    private final Clock clock;

    public PolicyVerifier(
            X509Certificate authority, String consoleId, String enforcerId, Clock clock) {
        this.trusted = new TrustedCertificates(authority, clock);
        this.consoleId = consoleId;
        this.enforcerId = enforcerId;
        this.clock = clock;
    }

    /// @param heldVersion of the policy enforced now; 0 when there is none
    public PolicyCheck verify(SignedPolicy signed, long heldVersion) {
        return verify(signed, heldVersion, clock.instant());
    }

    /// For the policy kept from an earlier start: the signer's certificate need not be valid any
    /// more, a host that was away for long still enforces what it had.
    PolicyCheck verifyKept(SignedPolicy signed) {
        return whenIssued(signed, at -> verify(signed, 0, at));
    }

    /// What a delta leads to, if it is to be believed.
    ///
    /// @param base what it has to lead on from
    PolicyCheck verifyDelta(SignedPolicy signed, PolicySnapshot base) {
        return verifyDelta(signed, base, clock.instant());
    }

    /// For a delta kept from an earlier start, as [#verifyKept].
    PolicyCheck verifyKeptDelta(SignedPolicy signed, PolicySnapshot base) {
        return whenIssued(signed, at -> verifyDelta(signed, base, at));
    }

    private static PolicyCheck whenIssued(
            SignedPolicy signed, Function<Instant, PolicyCheck> check) {
        Instant issued;
        try {
            issued =
                    Pem.certificate(signed.getCertificate().toByteArray())
                            .getNotBefore()
                            .toInstant();
        } catch (IllegalArgumentException unreadable) {
            return new Refused("the signer's certificate is not an X.509 certificate");
        }
        return check.apply(issued);
    }

    private PolicyCheck verifyDelta(SignedPolicy signed, PolicySnapshot base, Instant at) {
        Optional<String> doubt =
                doubt(
                        Signatures.POLICY_DELTA,
                        signed.getContent(),
                        signed.getSignature(),
                        signed.getCertificate(),
                        at);
        if (doubt.isPresent()) {
            return new Refused(doubt.get());
        }
        try {
            PolicyDelta delta = PolicyDelta.parseFrom(signed.getContent());
            if (!delta.getConsoleId().equals(consoleId)
                    || !delta.getEnforcerId().equals(enforcerId)) {
                return new Refused("a delta for another enforcer: " + delta.getEnforcerId());
            }
            if (delta.getVersion() < base.getVersion()) {
                return new Refused(
                        "version %d is older than %d, held"
                                .formatted(delta.getVersion(), base.getVersion()));
            }
            return PolicyDeltas.apply(base, delta)
                    .<PolicyCheck>map(Genuine::new)
                    .orElseGet(() ->
                            new Refused(
                                    "version %d does not lead on from version %d, held"
                                            .formatted(delta.getVersion(), base.getVersion())));
        } catch (InvalidProtocolBufferException | IndexOutOfBoundsException unreadable) {
            return new Refused("the content is not a delta: " + unreadable.getMessage());
        }
    }

    /// Whether a received directory may be used.
    sealed interface DirectoryCheck {
        record Genuine(PeerDirectory directory) implements DirectoryCheck {}

        record Refused(String reason) implements DirectoryCheck {}
    }

    /// Its digest is checked by whoever knows what it leads on from.
    DirectoryCheck verify(SignedDirectory signed) {
        Optional<String> doubt =
                doubt(
                        Signatures.DIRECTORY,
                        signed.getContent(),
                        signed.getSignature(),
                        signed.getCertificate(),
                        clock.instant());
        if (doubt.isPresent()) {
            return new DirectoryCheck.Refused(doubt.get());
        }
        try {
            PeerDirectory directory = PeerDirectory.parseFrom(signed.getContent());
            return directory.getConsoleId().equals(consoleId)
                    ? new DirectoryCheck.Genuine(directory)
                    : new DirectoryCheck.Refused(
                            "from another console: " + directory.getConsoleId());
        } catch (InvalidProtocolBufferException unreadable) {
            return new DirectoryCheck.Refused(
                    "the content is not a directory: " + unreadable.getMessage());
        }
    }

    private PolicyCheck verify(SignedPolicy signed, long heldVersion, Instant at) {
        Optional<String> doubt =
                doubt(
                        Signatures.POLICY,
                        signed.getContent(),
                        signed.getSignature(),
                        signed.getCertificate(),
                        at);
        if (doubt.isPresent()) {
            return new Refused(doubt.get());
        }
        try {
            return verifyMeant(PolicySnapshot.parseFrom(signed.getContent()), heldVersion);
        } catch (InvalidProtocolBufferException unreadable) {
            return new Refused("the content is not a policy: " + unreadable.getMessage());
        }
    }

    /// Why it is not policy-service's word; empty if it is.
    private Optional<String> doubt(
            String domain,
            ByteString content,
            ByteString signature,
            ByteString certificate,
            Instant at) {
        return switch (trusted.verify(certificate.toByteArray(), at)) {
            case CertificateCheck.Untrusted(String reason) ->
                    Optional.of("the signer's certificate is refused: " + reason);
            case CertificateCheck.Trusted(X509Certificate signer) -> {
                Optional<CertificateSubject> subject = CertificateSubject.of(signer);
                if (!subject.equals(
                        Optional.of(new ProcessSubject(Principal.POLICY_SERVICE.commonName())))) {
                    yield Optional.of(
                            "signed by "
                                    + signer.getSubjectX500Principal()
                                    + ", not by policy-service");
                }
                boolean fits =
                        Signatures.verify(
                                domain, signer, content.toByteArray(), signature.toByteArray());
                yield fits
                        ? Optional.empty()
                        : Optional.of("the signature does not fit the content");
            }
        };
    }

    private PolicyCheck verifyMeant(PolicySnapshot policy, long heldVersion) {
        if (!policy.getConsoleId().equals(consoleId)) {
            return new Refused("from another console: " + policy.getConsoleId());
        }
        if (!policy.getEnforcerId().equals(enforcerId)) {
            return new Refused("for another enforcer: " + policy.getEnforcerId());
        }
        if (policy.getVersion() < heldVersion) {
            return new Refused(
                    "version " + policy.getVersion() + " is older than " + heldVersion + ", held");
        }
        return fits(policy)
                ? new Genuine(policy)
                : new Refused("the digest does not fit the content");
    }

    /// The compiler computes the digest before the snapshot is addressed to a console, so both
    /// forms are the policy's own; the console id itself was compared above.
    private static boolean fits(PolicySnapshot policy) {
        ByteString claimed = policy.getDigest();
        return claimed.equals(PolicyDigest.of(policy))
                || claimed.equals(PolicyDigest.of(policy.toBuilder().clearConsoleId().build()));
    }
}
