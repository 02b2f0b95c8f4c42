package io.ringfence.enforcer.receive;

import io.ringfence.contracts.policy.SignedDirectory;
import io.ringfence.contracts.policy.SignedPolicy;
import java.util.List;
import java.util.Optional;

/// What has come over the stream since the last time.
///
/// @param policy the newest, since each is whole
/// @param directories in order, since each may lead on from the one before
record Arrivals(Optional<SignedPolicy> policy, List<SignedDirectory> directories) {
    boolean isEmpty() {
        return policy.isEmpty() && directories.isEmpty();
    }
}
