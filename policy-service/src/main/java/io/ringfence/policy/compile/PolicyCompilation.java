package io.ringfence.policy.compile;

import io.ringfence.contracts.policy.CompiledPolicy;
import io.ringfence.contracts.policy.EnforcerReceipt;
import io.ringfence.contracts.policy.PolicyReceipt;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.engine.form.PolicyDigest;
import io.ringfence.engine.incremental.Change;
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
import java.util.TreeMap;
import java.util.TreeSet;

/// Follows the world, and for this instance's [Share] of the enforcers compiles what a change
/// concerns and hands on the policies that came out different. Time changes something too: a
/// ruleset begins or ends to be valid. One thread tells of changes; any may ask what stands.
///
/// A version is the time in milliseconds, or one more than the last where that is not later: so it
/// rises even after a run whose last version was lost, and from one instance to the next.
public final class PolicyCompilation {
    private static final Duration CLOCKS_APART = Duration.ofDays(1);
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(10);

    /// No enforcer makes this service sign more often than so.
    private static final Duration GIVEN_TWICE = Duration.ofSeconds(1);

    private static final Duration TOPICS_APART = Duration.ofMinutes(1);

    private final String consoleId;
    private final Clock clock;
    private final PolicyOutlet outlet;

    /// What was announced for each enforcer, by whomever.
    private final Map<String, CompiledPolicy> last = new HashMap<>();

    /// Enforcers of the share whose policy was handed on.
    private final Set<String> ready = new HashSet<>();

    /// Those of `ready` for which somebody else has announced something since.
    private final Set<String> contested = new TreeSet<>();

    /// Those of `ready` that hold an older policy, and until when that may be because the newer one
    /// is on its way.
    private final Map<String, Instant> behind = new HashMap<>();

    private final DirectoryAnnouncements directories;
    private final IncrementalCompiler compiler = new IncrementalCompiler();
    private final ValidRulesets rulesets = new ValidRulesets();

    /// Announced by somebody, and not registered as far as is known; and from when on that is
    /// believed.
    private final Map<String, Instant> strangers = new TreeMap<>();

    /// Withdrawn by somebody before their end was heard of.
    private final Set<String> forgotten = new HashSet<>();

    private Share share = Share.NONE;
    private Set<String> registered = Set.of();
    private Instant compiledFor = Instant.EPOCH;
    private Instant nextChange = Instant.MAX;

    public PolicyCompilation(String consoleId, Clock clock, PolicyOutlet outlet) {
        this.consoleId = consoleId;
        this.clock = clock;
        this.outlet = outlet;
        this.directories = new DirectoryAnnouncements(consoleId, clock, outlet);
    }

    /// What was announced for an enforcer, by whomever. Older news is ignored.
    public synchronized void remember(CompiledPolicy announced) {
        noteStranger(announced.getEnforcerId());
        CompiledPolicy before = last.get(announced.getEnforcerId());
        if (before != null && isTheSame(before, announced)) {
            // A receipt, which may have been read before, does not know when it was compiled.
            last.put(announced.getEnforcerId(), announced);
        } else {
            number(announced);
        }
    }

    private static boolean isTheSame(CompiledPolicy one, CompiledPolicy other) {
        return one.getVersion() == other.getVersion() && one.getDigest().equals(other.getDigest());
    }

    /// What an enforcer says it holds: numbers go on from there. This instance's clock may be
    /// behind that of another, which may have ended before it announced what it had sent. What is
    /// too far ahead is no number of ours.
    public synchronized void remember(EnforcerReceipt held) {
        noteStranger(held.getEnforcerId());
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
        receipt.getDirectoriesList().stream()
                .filter(directory -> isOurs(directory.getVersion()))
                .forEach(directories::held);
        noteBehind(held);
    }

    private boolean isOurs(long version) {
        return version > 0 && version < clock.millis() + CLOCKS_APART.toMillis();
    }

    private void noteStranger(String enforcerId) {
        if (!registered.contains(enforcerId)) {
            strangers.putIfAbsent(enforcerId, clock.instant().plus(TOPICS_APART));
        }
    }

    /// Another instance may have answered the gateway before it had read of the newer policy, which
    /// had been sent before the gateway knew whom to pass it to. What is held by the newest number
    /// and is something else was sent by an instance that ended before it announced it: the newer
    /// policy is not on its way, since nobody takes a second one by the same number.
    private void noteBehind(EnforcerReceipt held) {
        CompiledPolicy newest = last.get(held.getEnforcerId());
        if (newest == null
                || !ready.contains(held.getEnforcerId())
                || held.getReceipt().getDigest().equals(newest.getDigest())) {
            behind.remove(held.getEnforcerId());
        } else if (held.getReceipt().getError().isEmpty()) {
            boolean isTwice = held.getReceipt().getVersion() == newest.getVersion();
            Instant until = clock.instant().plus(isTwice ? GIVEN_TWICE : ON_ITS_WAY);
            behind.merge(
                    held.getEnforcerId(),
                    until,
                    (before, now) -> before.isBefore(now) ? before : now);
        }
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
        if (registered.contains(enforcerId)) {
            forgotten.add(enforcerId);
        } else {
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
            behind.keySet().retainAll(ready);
            registered.stream()
                    .filter(id -> news.holds(id) && !ready.contains(id))
                    .forEach(won::add);
            withdrawStrangers();
            directories.holds(share);
        }
        sendDirectories();
        won.forEach(this::offer);
    }

    public void worldChanged(WorldUpdate update) {
        Set<String> due;
        synchronized (this) {
            registered = update.enforcers();
            update.turned().stream().filter(id -> !registered.contains(id)).forEach(this::hasGone);
            strangers.keySet().removeIf(registered::contains);
            forgotten.clear();
            withdrawStrangers();
            due = concernedBy(clock.instant(), update.changes());
            update.turned().stream()
                    .filter(id -> isMine(id) && !ready.contains(id))
                    .forEach(due::add);
        }
        sendDirectories();
        due.forEach(this::offer);
    }

    private void hasGone(String enforcerId) {
        outlet.release(enforcerId);
        if (forgotten.contains(enforcerId) && !ready.contains(enforcerId)) {
            last.remove(enforcerId);
            strangers.remove(enforcerId);
        } else {
            strangers.put(enforcerId, Instant.EPOCH);
        }
    }

    /// Recompiles whom a ruleset concerns that has become valid or invalid; sends again to whom
    /// another instance has sent something else, and to who has held something older for long.
    /// Cheap if there is nothing to do.
    public void timePassed() {
        Set<String> due = new TreeSet<>();
        synchronized (this) {
            Instant now = clock.instant();
            due.addAll(contested);
            behind.forEach((id, until) -> {
                if (!now.isBefore(until)) {
                    due.add(id);
                }
            });
            withdrawStrangers();
            boolean clockWasSetBack = now.isBefore(compiledFor);
            if (clockWasSetBack || !now.isBefore(nextChange)) {
                due.addAll(concernedBy(now, List.of()));
            }
        }
        sendDirectories();
        due.forEach(this::offer);
    }

    private void sendDirectories() {
        List<DirectoryAnnouncements.Announcement> announcements;
        synchronized (this) {
            announcements = directories.take();
        }
        announcements.forEach(each -> outlet.publish(each.change(), each.directory()));
    }

    /// How long to wait for changes before [#timePassed] is due, and no longer than `longest`.
    public Duration waitAtMost(Duration longest) {
        Instant now = clock.instant();
        if (!now.isBefore(nextChange)) {
            return Duration.ZERO;
        }
        return nextChange.isBefore(now.plus(longest)) ? Duration.between(now, nextChange) : longest;
    }

    /// The policy of an enforcer that another instance sends, as it would be sent, or of one that
    /// is about to be sent it from here. Its version is 0 as long as nothing like it was announced.
    /// Empty for one that is not registered.
    public synchronized Optional<PolicySnapshot> onDemand(String enforcerId) {
        if (!registered.contains(enforcerId)) {
            return Optional.empty();
        }
        PolicySnapshot policy = compile(enforcerId);
        PolicySnapshot standing =
                announced(policy).map(announced -> numbered(policy, announced)).orElse(policy);
        if (!ready.contains(enforcerId)) {
            outlet.publish(standing, true);
        }
        return Optional.of(standing);
    }

    private boolean isMine(String enforcerId) {
        return registered.contains(enforcerId) && share.holds(enforcerId);
    }

    /// Those of the share. What is kept for others is given up.
    private Set<String> concernedBy(Instant now, List<Change> changes) {
        Set<String> concerned = new TreeSet<>(compiler.apply(rulesets.at(now, changes)));
        compiler.takeDirectoryChanges().forEach(change -> directories.changed(change, share));
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
            Instant until = behind.get(enforcerId);
            boolean isBehind = until != null && !clock.instant().isBefore(until);
            Optional<CompiledPolicy> announced = isBehind ? Optional.empty() : announced(compiled);
            isAnnounced = announced.isPresent();
            boolean isKept = !ready.add(enforcerId) && !contested.remove(enforcerId);
            if (isAnnounced && isKept) {
                return;
            }
            CompiledPolicy news = announced.orElseGet(() -> following(compiled));
            last.put(enforcerId, news);
            behind.remove(enforcerId);
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

    private static PolicySnapshot numbered(PolicySnapshot policy, CompiledPolicy as) {
        return policy.toBuilder()
                .setVersion(as.getVersion())
                .setCompiledAtMs(as.getCompiledAtMs())
                .build();
    }

    /// Those of the share; who is left has another instance to do it.
    private void withdrawStrangers() {
        if (strangers.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        strangers
                .entrySet()
                .removeIf(each -> {
                    boolean isDue = share.holds(each.getKey()) && !now.isBefore(each.getValue());
                    if (isDue) {
                        withdraw(each.getKey());
                    }
                    return isDue;
                });
    }

    private void withdraw(String enforcerId) {
        last.remove(enforcerId);
        contested.remove(enforcerId);
        behind.remove(enforcerId);
        ready.remove(enforcerId);
        outlet.withdraw(enforcerId);
    }
}
