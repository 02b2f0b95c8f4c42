package io.ringfence.policy.compile;

import io.ringfence.contracts.policy.CompiledPolicy;
import io.ringfence.contracts.policy.EnforcerReceipt;
import io.ringfence.contracts.policy.HeldDirectory;
import io.ringfence.contracts.policy.PeerDirectory;
import io.ringfence.contracts.policy.PolicyReceipt;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.engine.directory.TenantDirectory;
import io.ringfence.engine.form.PolicyDigest;
import io.ringfence.engine.incremental.Change;
import io.ringfence.engine.incremental.DirectoryChange;
import io.ringfence.engine.incremental.IncrementalCompiler;
import io.ringfence.engine.stored.WorldUpdate;
import io.ringfence.policy.share.Share;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Follows the world, and for this instance's [Share] of the enforcers compiles what a change
/// concerns and hands on the policies that came out different. Time changes something too: a
/// ruleset begins or ends to be valid. One thread tells of changes; any may ask what stands.
///
/// A version is the time in milliseconds, or one more than the last where that is not later: so it
/// rises even after a run whose last version was lost, and from one instance to the next.
public final class PolicyCompilation {
    private static final Duration CLOCKS_APART = Duration.ofDays(1);

    private final String consoleId;
    private final Clock clock;
    private final PolicyOutlet outlet;

    /// What was announced for each enforcer, by whomever.
    private final Map<String, CompiledPolicy> last = new HashMap<>();

    private final Map<String, TenantDirectory> directories = new HashMap<>();
    private final Map<String, Long> directoryVersions = new HashMap<>();

    /// Enforcers of the share whose policy was handed on.
    private final Set<String> ready = new HashSet<>();

    /// Tenants of the share whose directory was.
    private final Set<String> told = new HashSet<>();

    /// Those of `ready` for which somebody else has announced something since.
    private final Set<String> contested = new TreeSet<>();

    private final IncrementalCompiler compiler = new IncrementalCompiler();
    private final ValidRulesets rulesets = new ValidRulesets();

    /// Announced by somebody, and not registered as far as is known.
    private final Set<String> strangers = new TreeSet<>();

    private Share share = Share.NONE;
    private Set<String> registered = Set.of();
    private Instant compiledFor = Instant.EPOCH;
    private Instant nextChange = Instant.MAX;

    public PolicyCompilation(String consoleId, Clock clock, PolicyOutlet outlet) {
        this.consoleId = consoleId;
        this.clock = clock;
        this.outlet = outlet;
    }

    /// What was announced for an enforcer, by whomever. Older news is ignored.
    public synchronized void remember(CompiledPolicy announced) {
        if (!registered.contains(announced.getEnforcerId())) {
            strangers.add(announced.getEnforcerId());
        }
        number(announced);
    }

    /// What an enforcer says it holds: numbers go on from there. This instance's clock may be
    /// behind that of another, which may have ended before it announced what it had sent. What is
    /// too far ahead is no number of ours.
    public synchronized void remember(EnforcerReceipt held) {
        PolicyReceipt receipt = held.getReceipt();
        if (isOurs(receipt.getVersion())) {
            number(
                    CompiledPolicy.newBuilder()
                            .setEnforcerId(held.getEnforcerId())
                            .setVersion(receipt.getVersion())
                            .setDigest(receipt.getDigest())
                            .setCompiledAtMs(held.getReceivedAtMs())
                            .build());
        }
        for (HeldDirectory directory : receipt.getDirectoriesList()) {
            if (isOurs(directory.getVersion())) {
                directoryVersions.merge(directory.getTenant(), directory.getVersion(), Math::max);
            }
        }
    }

    private boolean isOurs(long version) {
        return version > 0 && version < clock.millis() + CLOCKS_APART.toMillis();
    }

    private void number(CompiledPolicy news) {
        String enforcerId = news.getEnforcerId();
        CompiledPolicy before = last.get(enforcerId);
        if (before != null && Long.compareUnsigned(news.getVersion(), before.getVersion()) <= 0) {
            return;
        }
        last.put(enforcerId, news);
        if (ready.contains(enforcerId)) {
            contested.add(enforcerId);
        } else {
            outlet.release(enforcerId);
        }
    }

    /// Somebody has withdrawn what was announced.
    public synchronized void forget(String enforcerId) {
        strangers.remove(enforcerId);
        if (!registered.contains(enforcerId)) {
            last.remove(enforcerId);
        }
    }

    /// Everything is known that was stored when this is called first.
    public void holds(Share news) {
        if (news.equals(share)) {
            return;
        }
        Set<String> won = new TreeSet<>();
        synchronized (this) {
            share = news;
            ready.stream().filter(id -> !news.holds(id)).forEach(outlet::release);
            ready.removeIf(id -> !news.holds(id));
            contested.retainAll(ready);
            registered.stream()
                    .filter(id -> news.holds(id) && !ready.contains(id))
                    .forEach(won::add);
            withdrawStrangers();
            told.removeIf(tenant -> !news.holds(tenant));
            tellStanding();
        }
        won.forEach(outlet::release);
        won.forEach(this::offer);
    }

    public void worldChanged(WorldUpdate update) {
        Set<String> due;
        synchronized (this) {
            registered = update.enforcers();
            strangers.addAll(update.turned());
            strangers.removeIf(registered::contains);
            update.turned().stream().filter(strangers::contains).forEach(outlet::release);
            withdrawStrangers();
            due = concernedBy(clock.instant(), update.changes());
            update.turned().stream()
                    .filter(id -> isMine(id) && !ready.contains(id))
                    .forEach(due::add);
        }
        due.forEach(this::offer);
    }

    /// Recompiles whom a ruleset concerns that has become valid or invalid, and whoever was sent
    /// something else by another instance. Cheap if there is nothing to do, which it is before
    /// [#waitAtMost] is over.
    public void timePassed() {
        Set<String> due = new TreeSet<>();
        synchronized (this) {
            due.addAll(contested);
            Instant now = clock.instant();
            boolean clockWasSetBack = now.isBefore(compiledFor);
            if (clockWasSetBack || !now.isBefore(nextChange)) {
                due.addAll(concernedBy(now, List.of()));
            }
        }
        due.forEach(this::offer);
    }

    /// How long to wait for changes before [#timePassed] is due, and no longer than `longest`.
    public Duration waitAtMost(Duration longest) {
        Instant now = clock.instant();
        if (!now.isBefore(nextChange)) {
            return Duration.ZERO;
        }
        return nextChange.isBefore(now.plus(longest)) ? Duration.between(now, nextChange) : longest;
    }

    /// The policy of an enforcer that another instance sends, as it would be sent. Its version is 0
    /// as long as nothing like it was announced. Empty for one that is not registered, or has its
    /// policy from here.
    public synchronized Optional<PolicySnapshot> onDemand(String enforcerId) {
        if (!registered.contains(enforcerId) || isMine(enforcerId)) {
            return Optional.empty();
        }
        PolicySnapshot policy = compile(enforcerId);
        PolicySnapshot standing =
                announced(policy).map(announced -> numbered(policy, announced)).orElse(policy);
        outlet.publish(standing, true);
        return Optional.of(standing);
    }

    private boolean isMine(String enforcerId) {
        return registered.contains(enforcerId) && share.holds(enforcerId);
    }

    /// Those of the share. What is kept for others is given up.
    private Set<String> concernedBy(Instant now, List<Change> changes) {
        Set<String> concerned = new TreeSet<>(compiler.apply(rulesets.at(now, changes)));
        compiler.takeDirectoryChanges().forEach(this::announce);
        compiledFor = now;
        nextChange = rulesets.nextChange(now);
        concerned.removeIf(id -> {
            if (isMine(id)) {
                return false;
            }
            outlet.release(id);
            return true;
        });
        return concerned;
    }

    private PolicySnapshot compile(String enforcerId) {
        return PolicyDigest.seal(
                compiler.compile(enforcerId).toBuilder().setConsoleId(consoleId).build());
    }

    private void offer(String enforcerId) {
        PolicySnapshot policy;
        boolean isAnnounced;
        synchronized (this) {
            PolicySnapshot compiled = compile(enforcerId);
            Optional<CompiledPolicy> announced = announced(compiled);
            isAnnounced = announced.isPresent();
            boolean isKept = !ready.add(enforcerId) && !contested.remove(enforcerId);
            if (isAnnounced && isKept) {
                return;
            }
            CompiledPolicy news = announced.orElseGet(() -> following(compiled));
            last.put(enforcerId, news);
            policy = numbered(compiled, news);
        }
        outlet.publish(policy, isAnnounced);
    }

    /// What was announced last, if it is this.
    private Optional<CompiledPolicy> announced(PolicySnapshot policy) {
        return Optional.ofNullable(last.get(policy.getEnforcerId()))
                .filter(announced -> announced.getDigest().equals(policy.getDigest()));
    }

    private CompiledPolicy following(PolicySnapshot policy) {
        long now = clock.millis();
        CompiledPolicy before = last.get(policy.getEnforcerId());
        return CompiledPolicy.newBuilder()
                .setEnforcerId(policy.getEnforcerId())
                .setVersion(before == null ? now : Math.max(before.getVersion() + 1, now))
                .setDigest(policy.getDigest())
                .setCompiledAtMs(now)
                .build();
    }

    private void announce(DirectoryChange change) {
        String tenant = change.tenant();
        directories.put(tenant, change.after());
        if (!share.holds(tenant)) {
            long now = clock.millis();
            outlet.keep(tenant, change.after(), nextVersion(tenant, now), now);
        } else if (told.add(tenant)) {
            tellStanding(tenant);
        } else {
            tell(change.after().since(change.before(), change.addresses()), tenant, change.after());
        }
    }

    /// Also of tenants of which nothing is left but what enforcers say.
    private void tellStanding() {
        Set<String> tenants = new TreeSet<>(directories.keySet());
        tenants.addAll(directoryVersions.keySet());
        tenants.removeIf(tenant -> !share.holds(tenant) || !told.add(tenant));
        tenants.forEach(this::tellStanding);
    }

    private void tellStanding(String tenant) {
        TenantDirectory standing = directories.getOrDefault(tenant, TenantDirectory.EMPTY);
        tell(standing.since(standing, List.of()), tenant, standing);
    }

    private void tell(PeerDirectory.Builder message, String tenant, TenantDirectory directory) {
        long now = clock.millis();
        outlet.publish(
                message.setConsoleId(consoleId)
                        .setTenant(tenant)
                        .setVersion(nextVersion(tenant, now))
                        .setCompiledAtMs(now)
                        .build(),
                directory);
    }

    private long nextVersion(String tenant, long now) {
        return directoryVersions.merge(tenant, now, (before, time) -> Math.max(before + 1, time));
    }

    private static PolicySnapshot numbered(PolicySnapshot policy, CompiledPolicy as) {
        return policy.toBuilder()
                .setVersion(as.getVersion())
                .setCompiledAtMs(as.getCompiledAtMs())
                .build();
    }

    /// Those of the share; who is left has another instance to do it.
    private void withdrawStrangers() {
        strangers.removeIf(id -> {
            boolean isMine = share.holds(id);
            if (isMine) {
                withdraw(id);
            }
            return isMine;
        });
    }

    private void withdraw(String enforcerId) {
        boolean announced = last.remove(enforcerId) != null;
        contested.remove(enforcerId);
        if (ready.remove(enforcerId) || announced) {
            outlet.withdraw(enforcerId);
        }
    }
}
