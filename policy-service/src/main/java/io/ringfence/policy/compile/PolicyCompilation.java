package io.ringfence.policy.compile;

import io.ringfence.contracts.policy.CompiledPolicy;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.topic.Partitioning;
import io.ringfence.engine.PolicyCompiler;
import io.ringfence.engine.PolicyDigest;
import io.ringfence.engine.ProcessingUnit;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Recompiles the enforcers of the tenants in which something changed, and hands on the policies
/// that came out different. For one thread.
///
/// A version is the time in milliseconds, or one more than the last where that is not later: so it
/// rises even after a run whose last version was lost.
public final class PolicyCompilation {
    private final String consoleId;
    private final Clock clock;
    private final PolicyOutlet outlet;
    private final Map<String, CompiledPolicy> last = new HashMap<>();
    private final Set<String> ready = new HashSet<>();

    public PolicyCompilation(String consoleId, Clock clock, PolicyOutlet outlet) {
        this.consoleId = consoleId;
        this.clock = clock;
        this.outlet = outlet;
    }

    /// What was announced for an enforcer, by whomever. Older news is ignored.
    public void remember(CompiledPolicy announced) {
        last.merge(
                announced.getEnforcerId(),
                announced,
                (known, news) ->
                        Long.compareUnsigned(news.getVersion(), known.getVersion()) > 0
                                ? news
                                : known);
    }

    public void worldChanged(WorldUpdate update) {
        withdrawUnregistered(update.enforcers().keySet());
        Set<String> concerned = concerned(update);
        if (concerned.isEmpty()) {
            return;
        }
        PolicyCompiler compiler = new PolicyCompiler(update.world());
        for (String enforcerId : concerned) {
            offer(
                    PolicyDigest.seal(
                            compiler.compile(enforcerId).toBuilder()
                                    .setConsoleId(consoleId)
                                    .build()));
        }
    }

    private void offer(PolicySnapshot policy) {
        String enforcerId = policy.getEnforcerId();
        CompiledPolicy known = last.get(enforcerId);
        if (known != null && known.getDigest().equals(policy.getDigest())) {
            if (ready.add(enforcerId)) {
                outlet.publish(numbered(policy, known), true);
            }
            return;
        }
        long now = clock.millis();
        CompiledPolicy news =
                CompiledPolicy.newBuilder()
                        .setEnforcerId(enforcerId)
                        .setVersion(known == null ? now : Math.max(known.getVersion() + 1, now))
                        .setDigest(policy.getDigest())
                        .setCompiledAtMs(now)
                        .build();
        last.put(enforcerId, news);
        ready.add(enforcerId);
        outlet.publish(numbered(policy, news), false);
    }

    private static PolicySnapshot numbered(PolicySnapshot policy, CompiledPolicy as) {
        return policy.toBuilder()
                .setVersion(as.getVersion())
                .setCompiledAtMs(as.getCompiledAtMs())
                .build();
    }

    private void withdrawUnregistered(Collection<String> registered) {
        Set<String> gone = new TreeSet<>(ready);
        gone.addAll(last.keySet());
        gone.removeAll(registered);
        for (String enforcerId : gone) {
            last.remove(enforcerId);
            ready.remove(enforcerId);
            outlet.withdraw(enforcerId);
        }
    }

    private static Set<String> concerned(WorldUpdate update) {
        if (update.tenants().contains("")) {
            return new TreeSet<>(update.enforcers().keySet());
        }
        Set<String> concerned = new TreeSet<>();
        update.enforcers()
                .forEach((id, namespace) -> {
                    if (update.tenants().contains(Partitioning.tenantOf(namespace))) {
                        concerned.add(id);
                    }
                });
        for (ProcessingUnit unit : update.world().processingUnits().values()) {
            if (update.enforcers().containsKey(unit.enforcerId())
                    && update.tenants().contains(Partitioning.tenantOf(unit.namespace()))) {
                concerned.add(unit.enforcerId());
            }
        }
        return concerned;
    }
}
