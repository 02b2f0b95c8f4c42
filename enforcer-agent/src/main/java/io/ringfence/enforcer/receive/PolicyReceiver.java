package io.ringfence.enforcer.receive;

import com.google.protobuf.InvalidProtocolBufferException;
import io.ringfence.contracts.policy.EnforcerHello;
import io.ringfence.contracts.policy.PolicyReceipt;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.enforcer.state.StateFolder;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The policy this enforcer holds: the last one the kernel took, and the same on disk.
public final class PolicyReceiver {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyReceiver.class);
    private static final String FILE = "policy";

    private final PolicyVerifier verifier;
    private final PolicyTarget target;
    private final StateFolder folder;
    private final Clock clock;
    private volatile @Nullable Held held;

    private record Held(PolicySnapshot policy, long sinceMillis) {}

    public PolicyReceiver(
            PolicyVerifier verifier, PolicyTarget target, StateFolder folder, Clock clock) {
        this.verifier = verifier;
        this.target = target;
        this.folder = folder;
        this.clock = clock;
    }

    /// The policy of an earlier start, if there is one that can be believed.
    public Optional<PolicySnapshot> kept() throws IOException {
        Optional<byte[]> bytes = folder.read(FILE);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        PolicyCheck check;
        try {
            check = verifier.verifyKept(SignedPolicy.parseFrom(bytes.get()));
        } catch (InvalidProtocolBufferException damaged) {
            check = new PolicyCheck.Refused("the file is damaged");
        }
        return switch (check) {
            case PolicyCheck.Genuine(PolicySnapshot policy) -> Optional.of(policy);
            case PolicyCheck.Refused(String reason) -> {
                LOG.warn("the kept policy is not enforced: {}", reason);
                yield Optional.empty();
            }
        };
    }

    /// Enforces a policy that was kept.
    public synchronized void restore(PolicySnapshot kept) {
        Optional<String> failure = target.enforce(kept);
        if (failure.isPresent()) {
            LOG.error("the kept policy could not be enforced: {}", failure.get());
        } else {
            holds(kept);
            LOG.info("enforcing the kept policy, version {}", kept.getVersion());
        }
    }

    /// Verifies, enforces and keeps a policy, in this order.
    public synchronized PolicyReceipt receive(SignedPolicy signed) {
        return switch (verifier.verify(signed, heldVersion())) {
            case PolicyCheck.Refused(String reason) -> refused(signed, reason);
            case PolicyCheck.Genuine(PolicySnapshot policy) -> enforce(signed, policy);
        };
    }

    public Optional<PolicySnapshot> held() {
        return Optional.ofNullable(held).map(Held::policy);
    }

    private Held holds(PolicySnapshot policy) {
        Held now = new Held(policy, clock.millis());
        held = now;
        return now;
    }

    EnforcerHello hello() {
        Held now = held;
        EnforcerHello.Builder hello = EnforcerHello.newBuilder();
        if (now != null) {
            hello.setVersion(now.policy().getVersion())
                    .setDigest(now.policy().getDigest())
                    .setEnforcedAtMs(now.sinceMillis());
        }
        return hello.build();
    }

    private long heldVersion() {
        return held().map(PolicySnapshot::getVersion).orElse(0L);
    }

    private PolicyReceipt enforce(SignedPolicy signed, PolicySnapshot policy) {
        Optional<String> failure = target.enforce(policy);
        if (failure.isPresent()) {
            LOG.error("policy {} could not be enforced: {}", policy.getVersion(), failure.get());
            return receipt(policy, clock.millis(), failure.get());
        }
        Held now = holds(policy);
        LOG.info("enforcing policy version {}", policy.getVersion());
        try {
            folder.write(FILE, signed.toByteArray());
        } catch (IOException e) {
            LOG.error("the policy is enforced but could not be kept for the next start", e);
        }
        return receipt(policy, now.sinceMillis(), "");
    }

    private PolicyReceipt refused(SignedPolicy signed, String reason) {
        LOG.warn("refused a policy: {}", reason);
        try {
            PolicySnapshot claimed = PolicySnapshot.parseFrom(signed.getContent());
            return receipt(claimed, clock.millis(), reason);
        } catch (InvalidProtocolBufferException unreadable) {
            return receipt(PolicySnapshot.getDefaultInstance(), clock.millis(), reason);
        }
    }

    private static PolicyReceipt receipt(PolicySnapshot policy, long atMillis, String error) {
        return PolicyReceipt.newBuilder()
                .setVersion(policy.getVersion())
                .setDigest(policy.getDigest())
                .setEnforcedAtMs(atMillis)
                .setError(error)
                .build();
    }
}
