package io.ringfence.enforcer.agent;

import io.ringfence.enforcer.dataplane.Applied;
import io.ringfence.enforcer.dataplane.Bypass;
import io.ringfence.enforcer.dataplane.Counters;
import io.ringfence.enforcer.dataplane.Dataplane;
import io.ringfence.enforcer.dataplane.DataplaneException;
import io.ringfence.enforcer.dns.NameAnswer;
import io.ringfence.enforcer.receive.CompletePolicy;
import io.ringfence.enforcer.receive.PolicyTarget;
import io.ringfence.engine.ResolvedPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The policy in the kernel, together with what it must never close and with the addresses that its
/// domain entries have now.
///
/// Whoever looks names up while it is locked would wait for an answer that waits for the lock: so
/// the control channel is resolved before.
final class KernelPolicy implements PolicyTarget {
    private static final Logger LOG = LoggerFactory.getLogger(KernelPolicy.class);

    private final Dataplane dataplane;
    private final Supplier<Bypass> controlChannel;
    private final Names names;
    private Bypass bypass = Bypass.NONE;
    private @Nullable CompletePolicy enforced;
    private volatile @Nullable ResolvedPolicy resolved;

    KernelPolicy(Dataplane dataplane, Supplier<Bypass> controlChannel, Names names) {
        this.dataplane = dataplane;
        this.controlChannel = controlChannel;
        this.names = names;
    }

    @Override
    public Optional<String> enforce(CompletePolicy policy) {
        return enforce(policy, controlChannel.get());
    }

    private synchronized Optional<String> enforce(CompletePolicy policy, Bypass current) {
        long began = System.nanoTime();
        try {
            ResolvedPolicy coming = new ResolvedPolicy(policy.compiled(), policy.directories());
            if (coming.hasDomains()) {
                names.watch(this);
            }
            if (!changesNamesOnly(policy, coming, current) || !isRenamed(coming)) {
                Applied applied = dataplane.apply(coming.with(names.now()), current);
                LOG.info(
                        "the kernel enforces generation {} after {} ms, {} sockets cut",
                        applied.generation(),
                        Duration.ofNanos(System.nanoTime() - began).toMillis(),
                        applied.cutSockets());
            }
            resolved = coming;
        } catch (DataplaneException | RuntimeException e) {
            LOG.error("the kernel did not take the policy", e);
            return Optional.of(String.valueOf(e.getMessage()));
        }
        enforced = policy;
        bypass = current;
        return Optional.empty();
    }

    /// The same policy with other directories, which does not judge any address differently.
    private boolean changesNamesOnly(CompletePolicy policy, ResolvedPolicy coming, Bypass current) {
        CompletePolicy before = enforced;
        ResolvedPolicy known = resolved;
        return before != null
                && known != null
                && before.compiled() == policy.compiled()
                && current.equals(bypass)
                && !coming.hasDomains()
                && known.digest().equals(coming.digest());
    }

    private boolean isRenamed(ResolvedPolicy coming) {
        try {
            dataplane.adjust(coming.with(names.now()));
            return true;
        } catch (DataplaneException e) {
            LOG.warn("enforcing all of the policy again: {}", e.getMessage());
            return false;
        }
    }

    /// Understands what the kernel logs under a policy that an earlier process left there.
    void adopt(CompletePolicy policy) {
        try {
            boolean isAdopted =
                    dataplane.adopt(
                            new ResolvedPolicy(policy.compiled(), policy.directories())
                                    .with(Map.of()));
            LOG.info(
                    isAdopted
                            ? "the kernel still enforces the kept policy"
                            : "the kernel enforces another policy than the kept one, or has other numbers for it");
        } catch (DataplaneException e) {
            LOG.warn("cannot read what the kernel enforces: {}", e.getMessage());
        }
    }

    /// Looks where the control channel is now and moves the exemption with it.
    void followControlChannel() {
        move(controlChannel.get());
    }

    private synchronized void move(Bypass current) {
        CompletePolicy policy = enforced;
        if (policy != null && !current.equals(bypass)) {
            LOG.info("the console's addresses have changed");
            enforce(policy, current);
        }
    }

    /// Returns when the kernel knows what it has to know of these answers.
    void answered(List<NameAnswer> answers) {
        ResolvedPolicy policy = resolved;
        if (policy != null) {
            List<NameAnswer> meant =
                    answers.stream().filter(answer -> policy.contains(answer.name())).toList();
            if (!meant.isEmpty()) {
                adjustIf(() -> names.add(meant));
            }
        }
    }

    /// Takes out of the kernel what names do not give any more.
    void expireNames() {
        adjustIf(names::expire);
    }

    private synchronized void adjustIf(Supplier<Boolean> change) {
        ResolvedPolicy policy = resolved;
        CompletePolicy complete = enforced;
        if (!change.get() || policy == null || complete == null || !policy.hasDomains()) {
            return;
        }
        try {
            dataplane.adjust(policy.with(names.now()));
        } catch (DataplaneException refused) {
            LOG.warn("enforcing all of the policy again: {}", refused.getMessage());
            enforce(complete, bypass);
        }
    }

    /// Empty when there is no table yet.
    Optional<Counters> counters() {
        try {
            return Optional.of(dataplane.readCounters());
        } catch (DataplaneException e) {
            LOG.debug("no kernel counters", e);
            return Optional.empty();
        }
    }
}
