package io.ringfence.enforcer.receive;

import com.google.protobuf.InvalidProtocolBufferException;
import io.ringfence.contracts.policy.EnforcerHello;
import io.ringfence.contracts.policy.HeldDirectory;
import io.ringfence.contracts.policy.PolicyReceipt;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.SignedDirectory;
import io.ringfence.contracts.policy.SignedPolicy;
import io.ringfence.enforcer.state.StateFolder;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The policy this enforcer holds, the last one the kernel took, with the directories it is read
/// with, and the same on disk. A policy waits until its directories are there.
public final class PolicyReceiver {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyReceiver.class);

    private final PolicyVerifier verifier;
    private final PolicyTarget target;
    private final Clock clock;
    private final KeptPolicy file;
    private final HeldDirectories directories;
    private volatile @Nullable Held held;
    private @Nullable Received kept;
    private @Nullable Received waiting;

    /// Directories came, and what is enforced is not read with them.
    private boolean isUnread;

    private record Held(Received received, long sinceMillis) {
        PolicySnapshot policy() {
            return received.policy;
        }
    }

    /// @param chain a whole policy and deltas that lead to this one
    private record Received(List<SignedPolicy> chain, PolicySnapshot policy) {}

    public PolicyReceiver(
            PolicyVerifier verifier, PolicyTarget target, StateFolder folder, Clock clock) {
        this.verifier = verifier;
        this.target = target;
        this.clock = clock;
        this.file = new KeptPolicy(verifier, folder);
        this.directories = new HeldDirectories(verifier, folder);
    }

    /// The policy of an earlier start, if there is one that can be believed, and its directories.
    public synchronized Optional<CompletePolicy> kept() throws IOException {
        Optional<KeptPolicy.Read> read = file.read();
        if (read.isEmpty()) {
            return Optional.empty();
        }
        PolicyCheck check = read.get().check();
        directories.restore(clock.millis());
        isUnread = true;
        if (check instanceof PolicyCheck.Genuine(PolicySnapshot policy)
                && !directories.cover(policy.getTenantsList())) {
            check = new PolicyCheck.Refused("its directories are missing");
        }
        return switch (check) {
            case PolicyCheck.Genuine(PolicySnapshot policy) -> {
                kept = new Received(read.get().chain(), policy);
                yield Optional.of(complete(policy));
            }
            case PolicyCheck.Refused(String reason) -> {
                LOG.warn("the kept policy is not enforced: {}", reason);
                yield Optional.empty();
            }
        };
    }

    /// Enforces a policy that was kept.
    public synchronized void restore(CompletePolicy policy) {
        Optional<String> failure = target.enforce(policy);
        if (failure.isPresent()) {
            LOG.error("the kept policy could not be enforced: {}", failure.get());
        } else {
            isUnread = false;
            holds(new Received(chainOf(policy.compiled()), policy.compiled()));
            LOG.info("enforcing the kept policy, version {}", policy.compiled().getVersion());
        }
    }

    private List<SignedPolicy> chainOf(PolicySnapshot policy) {
        Received read = kept;
        return read != null && read.policy == policy ? read.chain : List.of();
    }

    /// Verifies, enforces and keeps what came, in this order.
    ///
    /// @return empty if nothing was enforced
    /// @throws IOException if a directory or a delta cannot be used: what is enforced stays, and a
    ///   new connection is needed
    public synchronized Optional<PolicyReceipt> receive(Arrivals arrivals) throws IOException {
        long now = clock.millis();
        for (SignedDirectory signed : arrivals.directories()) {
            directories.take(signed, now);
            isUnread = true;
        }
        Optional<PolicyReceipt> refusal = Optional.empty();
        for (SignedPolicy signed : arrivals.policies()) {
            if (signed.getIsDelta()) {
                waiting = ledOn(signed);
                continue;
            }
            switch (verifier.verify(signed, heldVersion())) {
                case PolicyCheck.Refused(String reason) ->
                        refusal = Optional.of(refused(signed, reason));
                case PolicyCheck.Genuine(PolicySnapshot policy) ->
                        waiting = new Received(List.of(signed), policy);
            }
        }
        Optional<PolicyReceipt> receipt = proceed();
        return refusal.isPresent() ? refusal : receipt;
    }

    /// Once more, if directories came that the policy could not be read with.
    public synchronized Optional<PolicyReceipt> retry() {
        Held now = held;
        return isUnread && now != null ? Optional.of(readAgain(now)) : Optional.empty();
    }

    private Received ledOn(SignedPolicy delta) throws GapException {
        Held now = held;
        Received base = waiting != null ? waiting : now == null ? null : now.received;
        if (base == null || base.chain.isEmpty()) {
            throw new GapException("a delta, and nothing is kept that it could lead on from");
        }
        return switch (verifier.verifyDelta(delta, base.policy)) {
            case PolicyCheck.Refused(String reason) ->
                    throw new GapException("refused a delta: " + reason);
            case PolicyCheck.Genuine(PolicySnapshot policy) -> {
                List<SignedPolicy> chain = new ArrayList<>(base.chain);
                chain.add(delta);
                yield new Received(chain, policy);
            }
        };
    }

    private Optional<PolicyReceipt> proceed() {
        Received next = waiting;
        if (next == null || !directories.cover(next.policy().getTenantsList())) {
            return retry();
        }
        waiting = null;
        PolicyReceipt receipt = enforce(next);
        Held before = held;
        if (isUnread && before != null) {
            // It was refused: the one before is still to be read with what came.
            readAgain(before);
        }
        return Optional.of(receipt);
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

    private Held holds(Received received) {
        Held now = new Held(received, clock.millis());
        held = now;
        return now;
    }

    /// A new connection begins with what is held: what only waited is sent again. Speaks of
    /// directories only if the policy is read with them.
    synchronized EnforcerHello hello() {
        waiting = null;
        Held now = held;
        if (isUnread && now != null) {
            readAgain(now);
        }
        EnforcerHello.Builder hello = EnforcerHello.newBuilder().addAllDirectories(read());
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
        isUnread = false;
        Held now = holds(received);
        LOG.info("enforcing policy version {}", policy.getVersion());
        directories.retain(policy.getTenantsList());
        keep();
        try {
            file.write(received.chain());
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
        isUnread = failure.isPresent();
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
                .addAllDirectories(read())
                .build();
    }

    private List<HeldDirectory> read() {
        return isUnread ? List.of() : directories.asHeld();
    }
}
