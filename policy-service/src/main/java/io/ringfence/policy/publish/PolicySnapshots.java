package io.ringfence.policy.publish;

import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.policy.compile.CurrentPolicies;
import io.ringfence.trust.certificate.KeyAndCertificate;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/// Whole policies, signed when somebody asks.
@ApplicationScoped
public class PolicySnapshots {
    private final PolicySigner signer;
    private final CurrentPolicies current;

    PolicySnapshots(TrustConfig trust, CurrentPolicies current) {
        this.signer = new PolicySigner(KeyAndCertificate.read(trust.certificate(), trust.key()));
        this.current = current;
    }

    public boolean isFor(String enforcerId) {
        return current.edition(enforcerId).isPresent();
    }

    /// Empty for an enforcer that has none, and as long as the instance that numbers it has not
    /// announced it.
    public Optional<SignedPolicy> of(String enforcerId) {
        return current.of(enforcerId).filter(policy -> policy.getVersion() != 0).map(signer::sign);
    }
}
