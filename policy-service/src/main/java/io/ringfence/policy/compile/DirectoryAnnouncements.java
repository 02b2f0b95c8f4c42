package io.ringfence.policy.compile;

import io.ringfence.contracts.policy.HeldDirectory;
import io.ringfence.contracts.policy.PeerDirectory;
import io.ringfence.engine.directory.TenantDirectory;
import io.ringfence.engine.incremental.DirectoryChange;
import io.ringfence.policy.share.Share;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What there is to say of tenants' directories: of those of the share how they change, and first
/// what stands. For one thread at a time.
final class DirectoryAnnouncements {
    private final String consoleId;
    private final Clock clock;
    private final PolicyOutlet outlet;
    private final Map<String, TenantDirectory> standing = new HashMap<>();
    private final Map<String, Long> versions = new HashMap<>();

    /// Tenants of the share of which it was said what stands.
    private final Set<String> told = new HashSet<>();

    private final List<Announcement> unsent = new ArrayList<>();

    /// Signing and sending it takes longer than making it.
    record Announcement(PeerDirectory change, TenantDirectory directory) {}

    DirectoryAnnouncements(String consoleId, Clock clock, PolicyOutlet outlet) {
        this.consoleId = consoleId;
        this.clock = clock;
        this.outlet = outlet;
    }

    /// Numbers go on from there.
    void held(HeldDirectory directory) {
        versions.merge(directory.getTenant(), directory.getVersion(), Math::max);
    }

    void changed(DirectoryChange change, Share share) {
        String tenant = change.tenant();
        standing.put(tenant, change.after());
        if (!share.holds(tenant)) {
            long now = clock.millis();
            outlet.keep(tenant, change.after(), next(tenant, now), now);
        } else if (told.add(tenant)) {
            say(tenant);
        } else {
            say(change.after().since(change.before(), change.addresses()), tenant, change.after());
        }
    }

    /// Also of tenants of which nothing is left but what enforcers say.
    void holds(Share share) {
        told.removeIf(tenant -> !share.holds(tenant));
        Set<String> tenants = new TreeSet<>(standing.keySet());
        tenants.addAll(versions.keySet());
        tenants.removeIf(tenant -> !share.holds(tenant) || !told.add(tenant));
        tenants.forEach(this::say);
    }

    List<Announcement> take() {
        List<Announcement> taken = List.copyOf(unsent);
        unsent.clear();
        return taken;
    }

    private void say(String tenant) {
        TenantDirectory directory = standing.getOrDefault(tenant, TenantDirectory.EMPTY);
        say(directory.since(directory, List.of()), tenant, directory);
    }

    private void say(PeerDirectory.Builder message, String tenant, TenantDirectory directory) {
        long now = clock.millis();
        unsent.add(
                new Announcement(
                        message.setConsoleId(consoleId)
                                .setTenant(tenant)
                                .setVersion(next(tenant, now))
                                .setCompiledAtMs(now)
                                .build(),
                        directory));
    }

    private long next(String tenant, long now) {
        return versions.merge(tenant, now, (before, time) -> Math.max(before + 1, time));
    }
}
