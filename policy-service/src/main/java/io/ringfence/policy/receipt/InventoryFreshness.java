package io.ringfence.policy.receipt;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.ringfence.contracts.policy.EnforcerReceipt;
import io.ringfence.contracts.policy.HeldDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// For how long an address was taken for its former owner's: from an inventory change being stored
/// until an enforcer read its policy with it, by that enforcer's clock. Counted by the instance
/// that sent the change. An enforcer that takes several changes in at once tells of the newest. For
/// one thread, on which directories are sent and receipts are read.
@ApplicationScoped
public class InventoryFreshness {
    private static final int REMEMBERED = 256;

    private final Map<String, NavigableMap<Long, Long>> changedAtMillis = new HashMap<>();
    private final Timer duration;

    public InventoryFreshness(MeterRegistry meters) {
        this.duration =
                Timer.builder("ringfence.policy.inventory.freshness")
                        .description(
                                "From a processing unit's addresses being changed to an enforcer"
                                        + " judging by it")
                        .serviceLevelObjectives(Convergence.LIMITS)
                        .register(meters);
    }

    /// @param version of the directory
    /// @param changedAt when the oldest change was stored that it comes from
    public void sent(String tenant, long version, long changedAt) {
        NavigableMap<Long, Long> ofTenant =
                changedAtMillis.computeIfAbsent(tenant, _ -> new TreeMap<>());
        ofTenant.put(version, changedAt);
        if (ofTenant.size() > REMEMBERED) {
            ofTenant.pollFirstEntry();
        }
    }

    /// An enforcer that held no directory of the tenant before was not misled by an older one.
    public void acknowledged(EnforcerReceipt before, EnforcerReceipt now) {
        Map<String, Long> versionsBefore = new HashMap<>();
        before.getReceipt()
                .getDirectoriesList()
                .forEach(held -> versionsBefore.put(held.getTenant(), held.getVersion()));
        for (HeldDirectory held : now.getReceipt().getDirectoriesList()) {
            Long had = versionsBefore.get(held.getTenant());
            if (had == null || had == held.getVersion() || now.getReceipt().getHeld()) {
                continue;
            }
            NavigableMap<Long, Long> ofTenant = changedAtMillis.get(held.getTenant());
            Long changedAt = ofTenant == null ? null : ofTenant.get(held.getVersion());
            if (changedAt != null) {
                duration.record(Duration.ofMillis(Math.max(0, held.getSinceMs() - changedAt)));
            }
        }
    }
}
