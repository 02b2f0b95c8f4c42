package io.ringfence.policy.world;

import io.ringfence.contracts.policy.PeerDirectory;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.engine.directory.TenantDirectory;
import io.ringfence.policy.compile.PolicyOutlet;
import io.ringfence.policy.receipt.Convergence;
import io.ringfence.policy.receipt.InventoryFreshness;

/// Notes, for each policy and directory that is sent, how old the change is that it comes from.
final class MeasuredOutlet implements PolicyOutlet {
    private final PolicyOutlet outlet;
    private final Convergence convergence;
    private final InventoryFreshness freshness;
    private long changedAtMillis;

    MeasuredOutlet(PolicyOutlet outlet, Convergence convergence, InventoryFreshness freshness) {
        this.outlet = outlet;
        this.freshness = freshness;
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
    public void publish(PeerDirectory change, TenantDirectory directory) {
        freshness.sent(change.getTenant(), change.getVersion(), changedAtMillis);
        outlet.publish(change, directory);
    }

    @Override
    public void keep(
            String tenant, TenantDirectory directory, long version, long compiledAtMillis) {
        outlet.keep(tenant, directory, version, compiledAtMillis);
    }

    @Override
    public void release(String enforcerId) {
        convergence.withdrawn(enforcerId);
        outlet.release(enforcerId);
    }

    @Override
    public void withdraw(String enforcerId) {
        convergence.withdrawn(enforcerId);
        outlet.withdraw(enforcerId);
    }
}
