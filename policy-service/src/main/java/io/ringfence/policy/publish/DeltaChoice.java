package io.ringfence.policy.publish;

import io.ringfence.contracts.policy.PolicyDelta;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.engine.form.PolicyDeltas;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Whether an enforcer is sent a delta or the whole. For one thread.
final class DeltaChoice {
    /// An enforcer keeps the whole and what came since.
    static final int IN_A_ROW = 50;

    private final Map<String, Integer> sentInARow = new HashMap<>();

    /// The delta to send, if it is a good deal shorter than the policy.
    Optional<PolicyDelta> choose(Optional<PolicySnapshot> before, PolicySnapshot after) {
        String enforcerId = after.getEnforcerId();
        int sent = sentInARow.getOrDefault(enforcerId, 0);
        Optional<PolicyDelta> delta =
                sent >= IN_A_ROW
                        ? Optional.empty()
                        : before.flatMap(policy -> PolicyDeltas.between(policy, after))
                                .filter(it ->
                                        2 * it.getSerializedSize() < after.getSerializedSize());
        if (delta.isPresent()) {
            sentInARow.put(enforcerId, sent + 1);
        } else {
            sentInARow.remove(enforcerId);
        }
        return delta;
    }

    void forget(String enforcerId) {
        sentInARow.remove(enforcerId);
    }
}
