package io.ringfence.enforcer.dataplane;

import io.ringfence.contracts.policy.PolicySnapshot;
import java.util.Optional;

/// What the kernel holds for certain.
///
/// @param form the policy enforced, in the numbers that the kernel's chains have
record Enforced(KernelTable table, PolicySnapshot form, Bypass bypass) {
    /// Numbers of generations must not come around to chains that the kernel still holds, and what
    /// nobody uses has to go some day.
    static final int MOST_SMALL_CHANGES = 64;

    /// The small change that makes this policy of it. Empty where all has to be made anew: also for
    /// the policy that it is already, because then somebody may have tampered with it.
    Optional<PolicyStep> stepTo(PolicySnapshot policy, Bypass coming) throws DataplaneException {
        boolean isSame = table.digest().equals(KernelTable.digest(policy));
        if (isSame
                || table.smallChanges() >= MOST_SMALL_CHANGES
                || !bypass.equals(coming)
                || table.holdsAnswers() != KernelTable.holdsAnswers(policy)
                || form.getProcessingUnitsCount() != 1
                || policy.getProcessingUnitsCount() != 1) {
            return Optional.empty();
        }
        return Optional.of(PolicyStep.between(form, policy))
                .filter(step -> step.isSmall() && step.isTidy());
    }
}
