package io.ringfence.enforcer.receive;

import com.google.protobuf.InvalidProtocolBufferException;
import io.ringfence.contracts.policy.EnforcerHello;
import io.ringfence.contracts.policy.PolicyReceipt;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.SignedDirectory;
import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.enforcer.state.StateFolder;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The policy this enforcer holds, the last one the kernel took, with the directories it is read
/// with, and the same on disk. A policy waits until its directories are there.
public final class PolicyReceiver {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyReceiver.class);
    private static final String FILE = "policy";

    private final PolicyVerifier verifier;
    private final PolicyTarget target;
    private final StateFolder folder;
    private final Clock clock;
    private final HeldDirectories directories;
    private volatile @Nullable Held held;
    private @Nullable Received waiting;

    private record Held(PolicySnapshot policy, long sinceMillis) {}

    private record Received(SignedPolicy signed, PolicySnapshot policy) {}

    public PolicyReceiver(
            PolicyVerifier verifier, PolicyTarget target, StateFolder folder, Clock clock) {
        this.verifier = verifier;
        this.target = target;
        this.folder = folder;
        this.clock = clock;
        this.directories = new HeldDirectories(verifier, folder);
    }

    /// The policy of an earlier start, if there is one that can be believed, and its directories.
    public synchronized Optional<CompletePolicy> kept() throws IOException {
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
        directories.restore(clock.millis());
        if (check instanceof PolicyCheck.Genuine(PolicySnapshot policy)
                && !directories.cover(policy.getTenantsList())) {
            check = new PolicyCheck.Refused("its directories are missing");
        }
        return switch (check) {
            case PolicyCheck.Genuine(PolicySnapshot policy) -> Optional.of(complete(policy));
            case PolicyCheck.Refused(String reason) -> {
                LOG.warn("the kept policy is not enforced: {}", reason);
                yield Optional.empty();
            }
        };
    }

    /// Enforces a policy that was kept.
    public synchronized void restore(CompletePolicy kept) {
        Optional<String> failure = target.enforce(kept);
        if (failure.isPresent()) {
            LOG.error("the kept policy could not be enforced: {}", failure.get());
        } else {
            holds(kept.compiled());
            LOG.info("enforcing the kept policy, version {}", kept.compiled().getVersion());
        }
    }

    /// Verifies, enforces and keeps what came, in this order.
    ///
    /// @return empty if nothing was enforced
    /// @throws IOException if a directory cannot be used: what is enforced stays, and a new
    ///   connection is needed
    public synchronized Optional<PolicyReceipt> receive(Arrivals arrivals) throws IOException {
        long now = clock.millis();
        for (SignedDirectory signed : arrivals.directories()) {
            directories.take(signed, now);
        }
        if (arrivals.policy().isEmpty()) {
            return proceed(!arrivals.directories().isEmpty());
        }
        SignedPolicy signed = arrivals.policy().get();
        return switch (verifier.verify(signed, heldVersion())) {
            case PolicyCheck.Refused(String reason) -> Optional.of(refused(signed, reason));
            case PolicyCheck.Genuine(PolicySnapshot policy) -> {
                waiting = new Received(signed, policy);
                yield proceed(!arrivals.directories().isEmpty());
            }
        };
    }

    private Optional<PolicyReceipt> proceed(boolean haveDirectoriesChanged) {
        Received next = waiting;
        if (next != null && directories.cover(next.policy().getTenantsList())) {
            waiting = null;
            return Optional.of(enforce(next));
        }
        Held now = held;
        return now != null && haveDirectoriesChanged
                ? Optional.of(readAgain(now))
                : Optional.empty();
    }

    public Optional<PolicySnapshot> held() {
        return Optional.ofNullable(held).map(Held::policy);
    }

    /// Writes for the next start what is not written yet.
    public synchronized void keep() {
        try {
            directories.keep();
        } catch (IOException e) {
            LOG.error("the directories could not be kept for the next start", e);
        }
    }

    private Held holds(PolicySnapshot policy) {
        Held now = new Held(policy, clock.millis());
        held = now;
        return now;
    }

    synchronized EnforcerHello hello() {
        Held now = held;
        EnforcerHello.Builder hello =
                EnforcerHello.newBuilder().addAllDirectories(directories.asHeld());
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

    private CompletePolicy complete(PolicySnapshot policy) {
        return new CompletePolicy(policy, directories.byTenant());
    }

    private PolicyReceipt enforce(Received received) {
        PolicySnapshot policy = received.policy();
        Optional<String> failure = target.enforce(complete(policy));
        if (failure.isPresent()) {
            LOG.error("policy {} could not be enforced: {}", policy.getVersion(), failure.get());
            return receipt(policy, clock.millis(), failure.get());
        }
        Held now = holds(policy);
        LOG.info("enforcing policy version {}", policy.getVersion());
        directories.retain(policy.getTenantsList());
        keep();
        try {
            folder.write(FILE, received.signed().toByteArray());
        } catch (IOException e) {
            LOG.error("the policy is enforced but could not be kept for the next start", e);
        }
        return receipt(policy, now.sinceMillis(), "");
    }

    /// The policy held, with the directories as they are now.
    private PolicyReceipt readAgain(Held now) {
        Optional<String> failure = target.enforce(complete(now.policy()));
        failure.ifPresent(
                reason -> LOG.error("the directories' changes could not be enforced: {}", reason));
        return receipt(now.policy(), now.sinceMillis(), failure.orElse(""));
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

    private PolicyReceipt receipt(PolicySnapshot policy, long atMillis, String error) {
        return PolicyReceipt.newBuilder()
                .setVersion(policy.getVersion())
                .setDigest(policy.getDigest())
                .setEnforcedAtMs(atMillis)
                .setError(error)
                .addAllDirectories(directories.asHeld())
                .build();
    }
}
