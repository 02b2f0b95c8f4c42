package io.ringfence.policy.world;

import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.policy.compile.PolicyOutlet;
import io.ringfence.policy.receipt.Convergence;

/// Notes, for each policy that is sent, how old the change is that it comes from.
final class MeasuredOutlet implements PolicyOutlet {
    private final PolicyOutlet outlet;
    private final Convergence convergence;
    private long changedAtMillis;

    MeasuredOutlet(PolicyOutlet outlet, Convergence convergence) {
        this.outlet = outlet;
        this.convergence = convergence;
    }

    /// What is compiled from now on comes from changes of that time.
    void changedAt(long millis) {
        changedAtMillis = Math.min(millis, System.currentTimeMillis());
    }

    @Override
    public void publish(PolicySnapshot policy, boolean announced) {
        if (!announced) {
            convergence.sent(policy, changedAtMillis);
        }
        outlet.publish(policy, announced);
    }

    @Override
    public void withdraw(String enforcerId) {
        convergence.withdrawn(enforcerId);
        outlet.withdraw(enforcerId);
    }
}
