package io.ringfence.enforcer.agent;

import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.enforcer.dataplane.Applied;
import io.ringfence.enforcer.dataplane.Bypass;
import io.ringfence.enforcer.dataplane.Counters;
import io.ringfence.enforcer.dataplane.Dataplane;
import io.ringfence.enforcer.dataplane.DataplaneException;
import io.ringfence.enforcer.receive.PolicyTarget;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The policy in the kernel, together with what it must never close.
final class KernelPolicy implements PolicyTarget {
    private static final Logger LOG = LoggerFactory.getLogger(KernelPolicy.class);

    private final Dataplane dataplane;
    private final ControlChannel controlChannel;
    private Bypass bypass = Bypass.NONE;
    private @Nullable PolicySnapshot enforced;

    KernelPolicy(Dataplane dataplane, ControlChannel controlChannel) {
        this.dataplane = dataplane;
        this.controlChannel = controlChannel;
    }

    @Override
    public synchronized Optional<String> enforce(PolicySnapshot policy) {
        Bypass current = controlChannel.resolve();
        try {
            Applied applied = dataplane.apply(policy, current);
            LOG.info(
                    "the kernel enforces generation {}, {} sockets cut",
                    applied.generation(),
                    applied.cutSockets());
        } catch (DataplaneException | RuntimeException e) {
            LOG.error("the kernel did not take the policy", e);
            return Optional.of(String.valueOf(e.getMessage()));
        }
        enforced = policy;
        bypass = current;
        return Optional.empty();
    }

    /// Understands what the kernel logs under a policy that an earlier process left there.
    void adopt(PolicySnapshot policy) {
        try {
            boolean isAdopted = dataplane.adopt(policy);
            LOG.info(
                    "the kernel {} the kept policy",
                    isAdopted ? "still enforces" : "does not enforce");
        } catch (DataplaneException e) {
            LOG.warn("cannot read what the kernel enforces: {}", e.getMessage());
        }
    }

    /// Looks where the control channel is now and moves the exemption with it.
    synchronized void followControlChannel() {
        PolicySnapshot policy = enforced;
        if (policy != null && !controlChannel.resolve().equals(bypass)) {
            LOG.info("the console's addresses have changed");
            enforce(policy);
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
