package io.ringfence.enforcer.receive;

import io.ringfence.contracts.policy.SignedDirectory;
import io.ringfence.contracts.policy.SignedPolicy;
import java.util.List;

/// What has come over the stream since the last time.
///
/// @param policies at most one that is whole, and then deltas that lead on
/// @param directories in order, since each may lead on from the one before
record Arrivals(List<SignedPolicy> policies, List<SignedDirectory> directories) {
    boolean isEmpty() {
        return policies.isEmpty() && directories.isEmpty();
    }
}
