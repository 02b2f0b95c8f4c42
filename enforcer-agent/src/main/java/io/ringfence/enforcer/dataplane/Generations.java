package io.ringfence.enforcer.dataplane;

import io.ringfence.contracts.policy.PolicySnapshot;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Which policy a generation number stands for. Written before the kernel starts to use the number,
/// so that a logged packet can always be traced to the policy that judged it. The last few are
/// remembered: what the kernel logged under older ones has long arrived.
public final class Generations {
    /// Numbers are 8 bits of the connection mark; 0 means "never judged", 255 "need not be judged".
    public static final int HIGHEST = 254;

    private static final int REMEMBERED = 8;

    private final AtomicReferenceArray<PolicySnapshot> policies =
            new AtomicReferenceArray<>(HIGHEST + 1);

    /// The number after `generation`, skipping 0.
    public static int after(int generation) {
        return generation % HIGHEST + 1;
    }

    public void remember(int generation, PolicySnapshot policy) {
        policies.set(generation, policy);
        policies.set((generation + HIGHEST - REMEMBERED - 1) % HIGHEST + 1, null);
    }

    public Optional<PolicySnapshot> policyOf(int generation) {
        return generation <= HIGHEST
                ? Optional.ofNullable(policies.get(generation))
                : Optional.empty();
    }
}
