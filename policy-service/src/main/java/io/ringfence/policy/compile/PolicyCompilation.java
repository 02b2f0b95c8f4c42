package io.ringfence.policy.compile;

import io.ringfence.contracts.policy.CompiledPolicy;
import io.ringfence.contracts.policy.HeldDirectory;
import io.ringfence.contracts.policy.PeerDirectory;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.engine.directory.TenantDirectory;
import io.ringfence.engine.form.PolicyDigest;
import io.ringfence.engine.incremental.Change;
import io.ringfence.engine.incremental.DirectoryChange;
import io.ringfence.engine.incremental.IncrementalCompiler;
import io.ringfence.engine.stored.WorldUpdate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Compiles for the enforcers that a change concerns, and hands on the policies that came out
/// different. Time changes something too: a ruleset begins or ends to be valid. For one thread.
///
/// A version is the time in milliseconds, or one more than the last where that is not later: so it
/// rises even after a run whose last version was lost.
public final class PolicyCompilation {
    private static final Duration CLOCKS_APART = Duration.ofDays(1);

    private final String consoleId;
    private final Clock clock;
    private final PolicyOutlet outlet;
    private final Map<String, CompiledPolicy> last = new HashMap<>();
    private final Map<String, Long> directoryVersions = new HashMap<>();
    private final Map<String, Long> heardDirectoryVersions = new HashMap<>();
    private final Set<String> ready = new HashSet<>();
    private final IncrementalCompiler compiler = new IncrementalCompiler();
    private final ValidRulesets rulesets = new ValidRulesets();

    /// Announced by somebody, and not registered as far as is known.
    private final Set<String> strangers = new TreeSet<>();

    private Set<String> registered = Set.of();
    private Instant compiledFor = Instant.EPOCH;
    private Instant nextChange = Instant.MAX;

    public PolicyCompilation(String consoleId, Clock clock, PolicyOutlet outlet) {
        this.consoleId = consoleId;
        this.clock = clock;
        this.outlet = outlet;
    }

    /// What was announced for an enforcer, by whomever. Older news is ignored.
    public void remember(CompiledPolicy announced) {
        if (!registered.contains(announced.getEnforcerId())) {
            strangers.add(announced.getEnforcerId());
        }
        last.merge(
                announced.getEnforcerId(),
                announced,
                (before, news) ->
                        Long.compareUnsigned(news.getVersion(), before.getVersion()) > 0
                                ? news
                                : before);
    }

    /// What enforcers say they hold. Directories are numbered on from there: this instance's clock
    /// may be behind that of one before it. What is too far ahead is no number of ours.
    public void remember(Collection<HeldDirectory> held) {
        long limit = clock.millis() + CLOCKS_APART.toMillis();
        for (HeldDirectory directory : held) {
            if (directory.getVersion() > 0 && directory.getVersion() < limit) {
                heardDirectoryVersions.merge(
                        directory.getTenant(), directory.getVersion(), Math::max);
            }
        }
    }

    public void worldChanged(WorldUpdate update) {
        registered = update.enforcers();
        strangers.addAll(update.turned());
        strangers.removeIf(registered::contains);
        strangers.forEach(this::withdraw);
        strangers.clear();
        Set<String> unready = new TreeSet<>(update.turned());
        unready.removeIf(id -> !registered.contains(id) || ready.contains(id));
        compileFor(clock.instant(), update.changes(), unready);
    }

    /// Recompiles whom a ruleset concerns that has become valid or invalid. Cheap before
    /// [#waitAtMost] is over.
    public void timePassed() {
        Instant now = clock.instant();
        boolean clockWasSetBack = now.isBefore(compiledFor);
        if (clockWasSetBack || !now.isBefore(nextChange)) {
            compileFor(now, List.of(), Set.of());
        }
    }

    /// How long to wait for changes before [#timePassed] is due, and no longer than `longest`.
    public Duration waitAtMost(Duration longest) {
        Instant now = clock.instant();
        if (!now.isBefore(nextChange)) {
            return Duration.ZERO;
        }
        return nextChange.isBefore(now.plus(longest)) ? Duration.between(now, nextChange) : longest;
    }

    private void compileFor(Instant now, List<Change> changes, Set<String> unready) {
        Set<String> concerned = new TreeSet<>(compiler.apply(rulesets.at(now, changes)));
        compiler.takeDirectoryChanges().forEach(this::announce);
        compiledFor = now;
        nextChange = rulesets.nextChange(now);
        concerned.removeIf(id -> !registered.contains(id));
        concerned.addAll(unready);
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
        CompiledPolicy before = last.get(enforcerId);
        if (before != null && before.getDigest().equals(policy.getDigest())) {
            if (ready.add(enforcerId)) {
                outlet.publish(numbered(policy, before), true);
            }
            return;
        }
        long now = clock.millis();
        CompiledPolicy news =
                CompiledPolicy.newBuilder()
                        .setEnforcerId(enforcerId)
                        .setVersion(before == null ? now : Math.max(before.getVersion() + 1, now))
                        .setDigest(policy.getDigest())
                        .setCompiledAtMs(now)
                        .build();
        last.put(enforcerId, news);
        ready.add(enforcerId);
        outlet.publish(numbered(policy, news), false);
    }

    private void announce(DirectoryChange change) {
        long now = clock.millis();
        Long last = directoryVersions.get(change.tenant());
        long version =
                Math.max(
                        now,
                        1
                                + Math.max(
                                        last == null ? 0 : last,
                                        heardDirectoryVersions.getOrDefault(change.tenant(), 0L)));
        directoryVersions.put(change.tenant(), version);
        TenantDirectory from = last == null ? change.after() : change.before();
        PeerDirectory.Builder message = change.after().since(from, change.addresses());
        outlet.publish(
                message.setConsoleId(consoleId)
                        .setTenant(change.tenant())
                        .setVersion(version)
                        .setCompiledAtMs(now)
                        .build(),
                change.after());
    }

    private static PolicySnapshot numbered(PolicySnapshot policy, CompiledPolicy as) {
        return policy.toBuilder()
                .setVersion(as.getVersion())
                .setCompiledAtMs(as.getCompiledAtMs())
                .build();
    }

    private void withdraw(String enforcerId) {
        boolean announced = last.remove(enforcerId) != null;
        if (ready.remove(enforcerId) || announced) {
            outlet.withdraw(enforcerId);
        }
    }
}
