package io.ringfence.policy.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.policy.CompiledPolicy;
import io.ringfence.contracts.policy.EnforcerReceipt;
import io.ringfence.contracts.policy.HeldDirectory;
import io.ringfence.contracts.policy.PeerDirectory;
import io.ringfence.contracts.policy.PeerOwner;
import io.ringfence.contracts.policy.PolicyReceipt;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.schedule.Schedule;
import io.ringfence.contracts.schedule.Validity;
import io.ringfence.contracts.tag.TagExpression;
import io.ringfence.engine.Action;
import io.ringfence.engine.ProcessingUnit;
import io.ringfence.engine.Rule;
import io.ringfence.engine.Ruleset;
import io.ringfence.engine.World;
import io.ringfence.engine.directory.TenantDirectory;
import io.ringfence.engine.form.PolicyDigest;
import io.ringfence.engine.incremental.Change;
import io.ringfence.engine.stored.WorldUpdate;
import io.ringfence.policy.share.Share;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyCompilationTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final Set<String> ENFORCERS = Set.of("e1", "e2", "e3");

    private final Outlet outlet = new Outlet();
    private final SettableClock clock = new SettableClock();
    private final PolicyCompilation compilation = compilation();

    @Test
    void compilesEveryoneFirstAndTheTenantLater() {
        change("/acme/shop", Action.REJECT);
        assertThat(outlet.enforcers()).containsExactly("e1", "e2", "e3");

        change("/acme/shop", Action.ALLOW);
        assertThat(outlet.enforcers()).containsExactly("e1");
    }

    @Test
    void theRootConcernsEveryone() {
        change("/", Action.REJECT);
        assertThat(outlet.enforcers()).containsExactly("e1", "e2", "e3");
        change("/", Action.ALLOW);
        assertThat(outlet.enforcers()).containsExactly("e1", "e2", "e3");
    }

    @Test
    void saysNothingWhenNothingCameOutDifferent() {
        change("/acme/shop", Action.REJECT);
        outlet.policies.clear();
        change("/acme/shop", Action.REJECT);
        assertThat(outlet.policies).isEmpty();
    }

    @Test
    void versionsRiseThoughTheClockStands() {
        change("/acme/shop", Action.REJECT);
        long first = outlet.of("e1").getVersion();
        change("/acme/shop", Action.ALLOW);
        assertThat(first).isEqualTo(NOW);
        assertThat(outlet.of("e1").getVersion()).isEqualTo(NOW + 1);
    }

    @Test
    void versionsRiseThoughTheClockWasAheadBefore() {
        compilation.remember(announced("e1", NOW + 5_000));
        compilation.remember(announced("e1", NOW + 4_000));
        change("/acme/shop", Action.REJECT);
        assertThat(outlet.of("e1").getVersion()).isEqualTo(NOW + 5_001);
    }

    @Test
    void anUnchangedPolicyKeepsItsVersionAcrossARestart() {
        change("/acme/shop", Action.REJECT);
        PolicySnapshot before = outlet.of("e1");

        Outlet after = new Outlet();
        PolicyCompilation restarted = holdingAll(Clock.systemUTC(), after);
        restarted.remember(
                announced("e1", before.getVersion()).toBuilder()
                        .setDigest(before.getDigest())
                        .setCompiledAtMs(before.getCompiledAtMs())
                        .build());
        restarted.worldChanged(everything(world("/acme/shop", Action.REJECT), ENFORCERS));
        assertThat(after.of("e1")).isEqualTo(before);
        assertThat(after.repeated).containsExactly("e1");
    }

    @Test
    void sealsWhatItHandsOn() {
        change("/acme/shop", Action.REJECT);
        PolicySnapshot policy = outlet.of("e1");
        assertThat(policy.getConsoleId()).isEqualTo("console");
        assertThat(policy.getDigest()).isEqualTo(PolicyDigest.of(policy));
        assertThat(policy.getProcessingUnitsList()).hasSize(1);
    }

    @Test
    void anUnregisteredEnforcerIsWithdrawn() {
        change("/acme/shop", Action.REJECT);
        compilation.worldChanged(
                new WorldUpdate(World.EMPTY, List.of(), Set.of("e1"), Set.of("e2", "e3")));
        assertThat(outlet.withdrawn).containsExactly("e2", "e3");
    }

    @Test
    void whatSomebodyAnnouncedForNobodyIsWithdrawn() {
        compilation.remember(announced("e9", NOW));
        change("/acme/shop", Action.REJECT);
        // Its registration may not have been read yet.
        compilation.timePassed();
        assertThat(outlet.withdrawn).isEmpty();
        clock.now = clock.now.plus(Duration.ofMinutes(1));
        compilation.timePassed();
        assertThat(outlet.withdrawn).containsExactly("e9");
    }

    @Test
    void anEnforcerThatRegistersLaterGetsWhatWasCompiledForNobody() {
        compilation.worldChanged(everything(world("/acme/shop", Action.REJECT), Set.of()));
        assertThat(outlet.policies).isEmpty();
        compilation.worldChanged(
                new WorldUpdate(World.EMPTY, List.of(), Set.of("e1"), Set.of("e1")));
        assertThat(outlet.enforcers()).containsExactly("e1");
        assertThat(rejects("e1")).isTrue();
    }

    @Test
    void anEnforcerIsConcernedByItsProcessingUnitsTooWhereverItLives() {
        compilation.worldChanged(everything(world("/acme/shop", Action.REJECT), Set.of("e1")));
        assertThat(outlet.enforcers()).containsExactly("e1");
    }

    @Test
    void aRulesetBeginsAndEndsOnTime() {
        clock.now = Instant.parse("2027-01-15T07:00:00Z");
        scheduled("/acme/shop", "0 8 * * *");
        assertThat(rejects("e1")).isFalse();
        assertThat(compilation.waitAtMost(Duration.ofHours(2))).isEqualTo(Duration.ofHours(1));

        assertThat(enforcersAt("2027-01-15T07:59:59.999Z")).isEmpty();
        assertThat(enforcersAt("2027-01-15T08:00:00Z")).containsExactly("e1");
        assertThat(rejects("e1")).isTrue();
        assertThat(enforcersAt("2027-01-15T08:59:59Z")).isEmpty();
        assertThat(enforcersAt("2027-01-15T09:00:00Z")).containsExactly("e1");
        assertThat(rejects("e1")).isFalse();
        assertThat(enforcersAt("2027-01-16T08:00:00Z")).containsExactly("e1");
    }

    @Test
    void aRulesetExpiresOnTime() {
        clock.now = Instant.parse("2027-01-15T07:00:00Z");
        Instant expiry = clock.now.plusSeconds(90);
        update("/", new Validity(Optional.empty(), Optional.of(expiry)));
        assertThat(rejects("e1") && rejects("e3")).isTrue();

        assertThat(enforcersAt(expiry.toString())).containsExactly("e1", "e2", "e3");
        assertThat(rejects("e1") || rejects("e3")).isFalse();
        assertThat(compilation.waitAtMost(Duration.ofDays(1))).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void aChangeElsewhereDoesNotSwallowWhatTimeChanged() {
        clock.now = Instant.parse("2027-01-15T07:00:00Z");
        scheduled("/acme/shop", "0 8 * * *");
        clock.now = Instant.parse("2027-01-15T08:00:00Z");
        compilation.worldChanged(new WorldUpdate(World.EMPTY, List.of(), ENFORCERS, Set.of()));
        assertThat(rejects("e1")).isTrue();
    }

    @Test
    void aClockThatIsSetBackIsFollowed() {
        clock.now = Instant.parse("2027-01-15T08:30:00Z");
        scheduled("/acme/shop", "0 8 * * *");
        assertThat(rejects("e1")).isTrue();
        assertThat(enforcersAt("2027-01-15T07:30:00Z")).containsExactly("e1");
        assertThat(rejects("e1")).isFalse();
    }

    /// In a walk of most of a year each policy must be the one that a compilation from scratch
    /// gives.
    @Test
    void whateverTimePassesThePolicyIsThatOfTheMoment() {
        Random random = new Random(20270115);
        clock.now = Instant.parse("2027-01-15T07:00:00Z");
        scheduled("/acme/shop", "*/40 8-17 * * 1-5");
        for (int step = 0; step < 500; step++) {
            clock.now = clock.now.plusSeconds(random.nextInt(1, 60 * 60 * 30));
            compilation.timePassed();
            Outlet fresh = new Outlet();
            holdingAll(clock, fresh)
                    .worldChanged(
                            everything(
                                    world("/acme/shop", Action.REJECT, every("*/40 8-17 * * 1-5")),
                                    ENFORCERS));
            assertThat(outlet.of("e1").getDigest())
                    .as("at %s", clock.now)
                    .isEqualTo(fresh.of("e1").getDigest());
        }
    }

    @Test
    void saysWhatDirectoryStandsWhenItStartsAndThenWhatChanges() {
        change("/acme/shop", Action.REJECT);
        assertThat(outlet.directories)
                .extracting(PeerDirectory::getTenant)
                .containsExactlyInAnyOrder("acme", "rival");
        for (PeerDirectory standing : outlet.directories) {
            assertThat(standing.getBaseDigest()).isEqualTo(standing.getDigest());
            assertThat(standing.getOwnersList()).isEmpty();
            assertThat(standing.getConsoleId()).isEqualTo("console");
        }
        outlet.policies.clear();
        outlet.directories.clear();

        move("10.0.0.9");
        PeerDirectory change = outlet.directories.getFirst();
        assertThat(change.getTenant()).isEqualTo("acme");
        assertThat(change.getVersion()).isEqualTo(NOW + 1);
        assertThat(change.getOwnersList())
                .extracting(PeerOwner::getProcessingUnitId)
                .containsExactly("u3");
        assertThat(change.getRemovedList()).hasSize(1);
        assertThat(outlet.enforcers()).containsExactly("e1", "e3");
    }

    @Test
    void numbersDirectoriesOnFromWhatEnforcersHoldButNotFromNonsense() {
        compilation.remember(
                EnforcerReceipt.newBuilder()
                        .setEnforcerId("e1")
                        .setReceipt(
                                PolicyReceipt.newBuilder()
                                        .addDirectories(held("acme", NOW + 5_000))
                                        .addDirectories(
                                                held("rival", NOW + Duration.ofDays(9).toMillis())))
                        .build());
        change("/acme/shop", Action.REJECT);
        assertThat(outlet.directories)
                .extracting(PeerDirectory::getTenant, PeerDirectory::getVersion)
                .containsExactlyInAnyOrder(tuple("acme", NOW + 5_001), tuple("rival", NOW));
    }

    @Test
    void nothingIsHandedOnWithoutAShare() {
        PolicyCompilation other = new PolicyCompilation("console", clock, outlet);
        other.worldChanged(everything(world("/acme/shop", Action.REJECT), ENFORCERS));
        assertThat(outlet.policies).isEmpty();
        assertThat(outlet.directories).isEmpty();
        assertThat(outlet.kept).containsOnlyKeys("acme", "rival");
    }

    @Test
    void whoWinsAPartSendsWhatIsDifferentAndSaysWhatDirectoriesStand() {
        change("/acme/shop", Action.REJECT);
        PolicySnapshot sent = outlet.of("e2");

        Outlet heirs = new Outlet();
        PolicyCompilation heir = new PolicyCompilation("console", clock, heirs);
        heir.worldChanged(everything(world("/acme/shop", Action.ALLOW), ENFORCERS));
        outlet.policies.forEach(policy -> heir.remember(announcement(policy)));
        heir.holds(Share.ALL);

        assertThat(heirs.enforcers()).containsExactly("e1", "e2", "e3");
        assertThat(heirs.repeated).containsExactly("e2", "e3");
        assertThat(heirs.of("e2")).isEqualTo(sent);
        assertThat(heirs.of("e1").getVersion()).isGreaterThan(outlet.of("e1").getVersion());
        assertThat(heirs.directories)
                .allSatisfy(it -> assertThat(it.getBaseDigest()).isEqualTo(it.getDigest()))
                .extracting(PeerDirectory::getTenant)
                .containsExactly("acme", "rival");
    }

    @Test
    void whoLosesAPartSendsNothingMoreAndStillKnowsWhatStands() {
        change("/acme/shop", Action.REJECT);
        ByteString before = outlet.of("e1").getDigest();
        outlet.policies.clear();
        outlet.directories.clear();
        compilation.holds(Share.NONE);
        assertThat(outlet.released).containsExactlyInAnyOrder("e1", "e2", "e3");

        compilation.worldChanged(everything(world("/acme/shop", Action.ALLOW), ENFORCERS));
        move("10.0.0.9");
        assertThat(outlet.policies).isEmpty();
        assertThat(outlet.directories).isEmpty();
        assertThat(outlet.released).contains("e1");
        assertThat(outlet.kept).containsKey("acme");

        PolicySnapshot standing = compilation.onDemand("e1").orElseThrow();
        assertThat(standing.getDigest()).isNotEqualTo(before);
        assertThat(standing.getVersion()).isZero();
        compilation.remember(
                announced("e1", NOW + 7).toBuilder().setDigest(standing.getDigest()).build());
        assertThat(compilation.onDemand("e1").orElseThrow().getVersion()).isEqualTo(NOW + 7);
        assertThat(compilation.onDemand("e9")).isEmpty();
    }

    @Test
    void whatAnotherInstanceSaysOfAnOlderWorldIsOvertaken() {
        change("/acme/shop", Action.REJECT);
        PolicySnapshot mine = outlet.of("e1");
        outlet.policies.clear();
        compilation.remember(
                announced("e1", NOW + 50).toBuilder()
                        .setDigest(ByteString.copyFromUtf8("older"))
                        .build());
        compilation.timePassed();
        assertThat(outlet.enforcers()).containsExactly("e1");
        assertThat(outlet.of("e1").getDigest()).isEqualTo(mine.getDigest());
        assertThat(outlet.of("e1").getVersion()).isEqualTo(NOW + 51);
        assertThat(outlet.repeated).isEmpty();

        compilation.remember(announcement(mine).toBuilder().setVersion(NOW + 60).build());
        compilation.timePassed();
        assertThat(outlet.of("e1").getVersion()).isEqualTo(NOW + 60);
        assertThat(outlet.repeated).containsExactly("e1");
        outlet.policies.clear();
        compilation.timePassed();
        assertThat(outlet.policies).isEmpty();
    }

    @Test
    void whoHoldsAnOlderPolicyForLongIsSentTheNewOneAgain() {
        change("/acme/shop", Action.REJECT);
        change("/acme/shop", Action.ALLOW);
        PolicySnapshot newest = outlet.of("e1");
        outlet.policies.clear();
        compilation.remember(receipt("e1", NOW));
        compilation.timePassed();
        clock.now = clock.now.plusSeconds(9);
        compilation.timePassed();
        assertThat(outlet.policies).isEmpty();

        clock.now = clock.now.plusSeconds(1);
        assertSentAgainOnce(newest);
    }

    private void assertSentAgainOnce(PolicySnapshot newest) {
        compilation.timePassed();
        assertThat(outlet.enforcers()).containsExactly("e1");
        assertThat(outlet.of("e1").getDigest()).isEqualTo(newest.getDigest());
        assertThat(outlet.of("e1").getVersion()).isGreaterThan(newest.getVersion());
        assertThat(outlet.repeated).isEmpty();
        outlet.policies.clear();
        compilation.timePassed();
        assertThat(outlet.policies).isEmpty();
    }

    /// The run before has given it to what it sent last, and ended before it could say so.
    @Test
    void whoHoldsSomethingElseByTheNewestNumberIsSentTheNewOneSoon() {
        change("/acme/shop", Action.REJECT);
        PolicySnapshot newest = outlet.of("e1");
        outlet.policies.clear();
        compilation.remember(receipt("e1", newest.getVersion()));
        compilation.remember(announcement(newest));
        compilation.timePassed();
        assertThat(outlet.policies).isEmpty();

        clock.now = clock.now.plusSeconds(1);
        assertSentAgainOnce(newest);
    }

    @Test
    void whoCatchesUpInTimeIsSentNothingAgain() {
        change("/acme/shop", Action.REJECT);
        change("/acme/shop", Action.ALLOW);
        PolicySnapshot newest = outlet.of("e1");
        outlet.policies.clear();
        compilation.remember(receipt("e1", NOW));
        compilation.remember(
                EnforcerReceipt.newBuilder()
                        .setEnforcerId("e1")
                        .setReceipt(
                                PolicyReceipt.newBuilder()
                                        .setVersion(newest.getVersion())
                                        .setDigest(newest.getDigest()))
                        .build());
        clock.now = clock.now.plusSeconds(60);
        compilation.timePassed();
        assertThat(outlet.policies).isEmpty();
    }

    @Test
    void whatIsWonAndNotSentYetCanBeAskedFor() {
        PolicyCompilation heir = new PolicyCompilation("console", clock, outlet);
        heir.worldChanged(everything(world("/acme/shop", Action.REJECT), ENFORCERS));
        List<Optional<PolicySnapshot>> answers = new ArrayList<>();
        outlet.whenPublished =
                () -> {
                    outlet.whenPublished = () -> {};
                    answers.add(heir.onDemand("e3"));
                };
        heir.holds(Share.ALL);
        assertThat(answers).hasSize(1).allMatch(Optional::isPresent);
    }

    @Test
    void anAnnouncementKnowsBetterThanAReceiptWhenAPolicyWasCompiled() {
        change("/acme/shop", Action.REJECT);
        PolicySnapshot before = outlet.of("e1");
        Outlet after = new Outlet();
        PolicyCompilation restarted = new PolicyCompilation("console", clock, after);
        restarted.remember(
                EnforcerReceipt.newBuilder()
                        .setEnforcerId("e1")
                        .setReceivedAtMs(NOW + 70)
                        .setReceipt(
                                PolicyReceipt.newBuilder()
                                        .setVersion(before.getVersion())
                                        .setDigest(before.getDigest()))
                        .build());
        restarted.remember(announcement(before));
        restarted.worldChanged(everything(world("/acme/shop", Action.REJECT), ENFORCERS));
        restarted.holds(Share.ALL);
        assertThat(after.of("e1")).isEqualTo(before);
    }

    @Test
    void whatAnotherInstanceHasWithdrawnIsNotWithdrawnAgain() {
        PolicyCompilation other = new PolicyCompilation("console", clock, outlet);
        other.worldChanged(everything(world("/acme/shop", Action.REJECT), ENFORCERS));
        other.remember(announced("e1", NOW));
        other.forget("e1");
        other.worldChanged(
                new WorldUpdate(World.EMPTY, List.of(), Set.of("e2", "e3"), Set.of("e1")));
        other.holds(Share.ALL);
        assertThat(outlet.withdrawn).isEmpty();
    }

    @Test
    void versionsGoOnFromWhatAnEnforcerHoldsThoughNobodyAnnouncedIt() {
        compilation.remember(receipt("e1", NOW + 5_000));
        compilation.remember(receipt("e2", NOW + Duration.ofDays(9).toMillis()));
        change("/acme/shop", Action.REJECT);
        assertThat(outlet.of("e1").getVersion()).isEqualTo(NOW + 5_001);
        assertThat(outlet.of("e2").getVersion()).isEqualTo(NOW);
    }

    @Test
    void anEnforcerThatIsGoneIsWithdrawnByWhoeverHasItsPart() {
        Share some = new Share(Set.of(0), 2);
        List<String> mine = ENFORCERS.stream().filter(some::holds).toList();
        assertThat(mine).isNotEmpty().hasSizeLessThan(ENFORCERS.size());
        change("/acme/shop", Action.REJECT);
        compilation.holds(some);
        compilation.worldChanged(new WorldUpdate(World.EMPTY, List.of(), Set.of(), ENFORCERS));
        assertThat(outlet.withdrawn).containsExactlyInAnyOrderElementsOf(mine);

        // The other instance ended before it did its part, of which one enforcer was left.
        ENFORCERS.stream().filter(id -> !mine.contains(id)).skip(1).forEach(compilation::forget);
        compilation.holds(Share.ALL);
        assertThat(outlet.withdrawn).hasSize(mine.size() + 1);
    }

    @Test
    void aTenantOfWhichOnlyEnforcersSpeakIsSaidToBeEmpty() {
        PolicyCompilation restarted = new PolicyCompilation("console", clock, outlet);
        restarted.remember(
                EnforcerReceipt.newBuilder()
                        .setEnforcerId("e1")
                        .setReceipt(PolicyReceipt.newBuilder().addDirectories(held("gone", NOW)))
                        .build());
        restarted.holds(Share.ALL);
        assertThat(outlet.directories)
                .extracting(PeerDirectory::getTenant, PeerDirectory::getDigest)
                .containsExactly(tuple("gone", TenantDirectory.EMPTY.digest()));
    }

    private static EnforcerReceipt receipt(String enforcerId, long version) {
        return EnforcerReceipt.newBuilder()
                .setEnforcerId(enforcerId)
                .setReceipt(PolicyReceipt.newBuilder().setVersion(version))
                .build();
    }

    private static CompiledPolicy announcement(PolicySnapshot policy) {
        return announced(policy.getEnforcerId(), policy.getVersion()).toBuilder()
                .setDigest(policy.getDigest())
                .setCompiledAtMs(policy.getCompiledAtMs())
                .build();
    }

    private static HeldDirectory held(String tenant, long version) {
        return HeldDirectory.newBuilder().setTenant(tenant).setVersion(version).build();
    }

    private void move(String address) {
        compilation.worldChanged(
                new WorldUpdate(
                        World.EMPTY,
                        List.of(new Change.UnitIs(unit("u3", "/acme/lab", "e3", address))),
                        ENFORCERS,
                        Set.of()));
    }

    private void scheduled(String namespace, String begins) {
        update(namespace, every(begins));
    }

    private static Validity every(String begins) {
        return new Validity(
                Optional.of(Schedule.of(begins, Duration.ofHours(1))), Optional.empty());
    }

    private void update(String namespace, Validity validity) {
        compilation.worldChanged(everything(world(namespace, Action.REJECT, validity), ENFORCERS));
    }

    /// As if all of it were new.
    private static WorldUpdate everything(World world, Set<String> enforcers) {
        List<Change> changes = new ArrayList<>();
        world.rulesets().values().forEach(ruleset -> changes.add(new Change.RulesetIs(ruleset)));
        world.processingUnits().values().forEach(unit -> changes.add(new Change.UnitIs(unit)));
        return new WorldUpdate(world, changes, enforcers, enforcers);
    }

    private List<String> enforcersAt(String instant) {
        int before = outlet.policies.size();
        clock.now = Instant.parse(instant);
        compilation.timePassed();
        return outlet.enforcers().subList(before, outlet.policies.size());
    }

    /// Whether the ruleset is in it: nothing else names a class.
    private boolean rejects(String enforcerId) {
        return outlet.of(enforcerId).getProcessingUnits(0).getIncoming().getClassesCount() > 1;
    }

    private PolicyCompilation compilation() {
        return holdingAll(clock, outlet);
    }

    private static PolicyCompilation holdingAll(Clock clock, PolicyOutlet outlet) {
        PolicyCompilation compilation = new PolicyCompilation("console", clock, outlet);
        compilation.holds(Share.ALL);
        return compilation;
    }

    private void change(String namespace, Action action) {
        outlet.policies.clear();
        compilation.worldChanged(everything(world(namespace, action), ENFORCERS));
    }

    /// One unit on e1 and one on every other enforcer, and one propagated ruleset.
    private static World world(String namespace, Action action) {
        return world(namespace, action, Validity.ALWAYS);
    }

    private static World world(String namespace, Action action, Validity validity) {
        TagExpression units = TagExpression.parse(List.of(List.of("app=web")));
        Rule rule = new Rule("", action, units, List.of(), false, false);
        Ruleset ruleset =
                new Ruleset(
                        "r",
                        "r",
                        namespace,
                        true,
                        false,
                        false,
                        validity,
                        units,
                        List.of(rule),
                        List.of());
        return new World(
                Map.of(),
                Map.of(
                        "u1", unit("u1", "/acme/shop", "e1", "10.0.0.1"),
                        "u2", unit("u2", "/rival", "e2", "10.0.0.1"),
                        "u3", unit("u3", "/acme/lab", "e3", "10.0.0.3")),
                Map.of("r", ruleset),
                Map.of());
    }

    private static ProcessingUnit unit(
            String id, String namespace, String enforcer, String address) {
        return new ProcessingUnit(
                id,
                namespace,
                enforcer,
                Set.of("app=web"),
                List.of(InetAddress.ofLiteral(address)),
                true);
    }

    private static CompiledPolicy announced(String enforcerId, long version) {
        return CompiledPolicy.newBuilder().setEnforcerId(enforcerId).setVersion(version).build();
    }

    private static final class Outlet implements PolicyOutlet {
        private final List<PolicySnapshot> policies = new ArrayList<>();
        private final List<PeerDirectory> directories = new ArrayList<>();
        private final List<String> repeated = new ArrayList<>();
        private final List<String> withdrawn = new ArrayList<>();
        private final List<String> released = new ArrayList<>();
        private Runnable whenPublished = () -> {};
        private final Map<String, TenantDirectory> kept = new HashMap<>();

        @Override
        public void publish(PolicySnapshot policy, boolean announced) {
            policies.add(policy);
            whenPublished.run();
            if (announced) {
                repeated.add(policy.getEnforcerId());
            }
        }

        @Override
        public void publish(PeerDirectory change, TenantDirectory directory) {
            assertThat(change.getDigest()).isEqualTo(directory.digest());
            directories.add(change);
        }

        @Override
        public void keep(
                String tenant, TenantDirectory directory, long version, long compiledAtMillis) {
            kept.put(tenant, directory);
        }

        @Override
        public void release(String enforcerId) {
            released.add(enforcerId);
        }

        @Override
        public void withdraw(String enforcerId) {
            withdrawn.add(enforcerId);
        }

        List<String> enforcers() {
            return policies.stream().map(PolicySnapshot::getEnforcerId).toList();
        }

        PolicySnapshot of(String enforcerId) {
            return policies.stream()
                    .filter(policy -> policy.getEnforcerId().equals(enforcerId))
                    .reduce((_, later) -> later)
                    .orElseThrow();
        }
    }

    private static final class SettableClock extends Clock {
        private Instant now = Instant.ofEpochMilli(NOW);

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
