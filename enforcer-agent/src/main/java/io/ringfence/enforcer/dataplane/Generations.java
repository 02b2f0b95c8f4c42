package io.ringfence.enforcer.dataplane;

import io.ringfence.contracts.policy.PolicySnapshot;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Which policy the number of a generation stands for whose chains the kernel holds. Written before
/// the kernel starts to use the number, so that a logged packet can always be traced to the policy
/// that judged it. The last few are remembered: what the kernel logged under older ones has long
/// arrived.
public final class Generations {
    /// Numbers are 8 bits of the connection mark; 0 means "never judged", 255 "need not be judged".
    public static final int HIGHEST = 254;

    private static final int REMEMBERED = 8;

    private final AtomicReferenceArray<PolicySnapshot> policies =
            new AtomicReferenceArray<>(HIGHEST + 1);
    private final Deque<Integer> remembered = new ArrayDeque<>();

    /// The number after `generation`, skipping 0.
    public static int after(int generation) {
        return generation % HIGHEST + 1;
    }

    /// How many numbers lead from one generation to another.
    static int distance(int from, int to) {
        return Math.floorMod(to - from, HIGHEST);
    }

    public synchronized void remember(int generation, PolicySnapshot policy) {
        policies.set(generation, policy);
        remembered.remove(generation);
        remembered.add(generation);
        if (remembered.size() > REMEMBERED) {
            policies.set(remembered.remove(), null);
        }
    }

    public Optional<PolicySnapshot> policyOf(int generation) {
        return generation <= HIGHEST
                ? Optional.ofNullable(policies.get(generation))
                : Optional.empty();
    }
}
