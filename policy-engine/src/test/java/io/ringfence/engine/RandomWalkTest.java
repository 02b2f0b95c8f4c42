package io.ringfence.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.ringfence.contracts.policy.PeerDirectory;
import io.ringfence.contracts.policy.PolicyDelta;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.topic.Partitioning;
import io.ringfence.engine.directory.TenantDirectory;
import io.ringfence.engine.form.PolicyDeltas;
import io.ringfence.engine.incremental.Change;
import io.ringfence.engine.incremental.DirectoryChange;
import io.ringfence.engine.incremental.IncrementalCompiler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Small crowded worlds that change at random: after every step, compiling incrementally gives what
/// compiling from scratch gives, and whoever was not said to be concerned has what they had. Repeat
/// a failure with `-Dringfence.test.seed=SEED`; `make fuzz` walks further.
class RandomWalkTest {
    private static final int WORLDS = 1_000;
    private static final int STEPS = Integer.getInteger("ringfence.test.steps", 20);
    private static final List<String> ENFORCERS = List.of("e0", "e1", "e2");
    private static final Set<String> TENANTS =
            Dice.NAMESPACES.stream().map(Partitioning::tenantOf).collect(Collectors.toSet());

    private final long seed = Long.getLong("ringfence.test.seed", System.nanoTime());
    private final Dice dice = new Dice(new Random(seed));

    @Test
    void everyStepLeadsWhereCompilingFromScratchLeads() {
        int changed = 0;
        int led = 0;
        for (int world = 0; world < WORLDS; world++) {
            Walk walk = new Walk(dice);
            for (int step = 0; step < STEPS; step++) {
                walk.step("seed %d, world %d, step %d".formatted(seed, world, step));
            }
            changed += walk.changed;
            led += walk.led;
        }
        assertThat(led).as("of %d changes", changed).isGreaterThan(changed / 10);
    }

    /// A world, the compiler that follows it, and what each enforcer has.
    private static final class Walk {
        private final Dice dice;
        private final IncrementalCompiler compiler = new IncrementalCompiler();
        private final Map<String, NamespaceState> namespaces = new HashMap<>();
        private final Map<String, ProcessingUnit> units = new HashMap<>();
        private final Map<String, Ruleset> rulesets = new HashMap<>();
        private final Map<String, ExternalNetwork> networks = new HashMap<>();
        private final Map<String, ByteString> had = new HashMap<>();
        private int changed;
        private int led;
        private final Map<String, TenantDirectory> directories = new HashMap<>();

        Walk(Dice dice) {
            this.dice = dice;
            ENFORCERS.forEach(id -> had.put(id, compiler.compile(id).toByteString()));
            World world = dice.world();
            List<Change> all = new ArrayList<>();
            world.processingUnits().values().forEach(unit -> all.add(put(unit)));
            world.namespaces().values().forEach(state -> all.add(put(state)));
            world.rulesets().values().forEach(ruleset -> all.add(put(ruleset)));
            world.externalNetworks().values().forEach(network -> all.add(put(network)));
            take(all, "the world it begins with");
        }

        void step(String name) {
            int changes = dice.chance(5) ? 30 : dice.chance(20) ? 3 : 1;
            take(IntStream.range(0, changes).mapToObj(_ -> change()).toList(), name);
        }

        /// Asks about those who are concerned, and one more.
        private void take(List<Change> changes, String name) {
            List<String> concerned = compiler.apply(changes);
            Set<String> asked = new TreeSet<>(concerned);
            asked.add(dice.oneOf(ENFORCERS));
            PolicyCompiler fromScratch =
                    new PolicyCompiler(new World(namespaces, units, rulesets, networks));
            for (String id : asked) {
                if (concerned.contains(id)) {
                    PolicySnapshot next = compiler.compile(id);
                    ByteString before = had.put(id, next.toByteString());
                    leadOn(Objects.requireNonNull(before), next, name);
                }
                boolean right = Objects.equals(had.get(id), fromScratch.compile(id).toByteString());
                if (!right) {
                    fail("%s, %s: %s concerned %s", name, id, changes, concerned);
                }
            }
            assertThat(concerned).doesNotHaveDuplicates();
            hear(compiler.takeDirectoryChanges(), name);
        }

        /// As an enforcer follows: what a delta leads to is what was compiled, to the byte.
        private void leadOn(ByteString before, PolicySnapshot next, String name) {
            PolicySnapshot base = read(before);
            if (base.getDigest().equals(next.getDigest())) {
                return;
            }
            changed++;
            Optional<PolicyDelta> delta = PolicyDeltas.between(base, next);
            if (delta.isPresent()) {
                led++;
                assertThat(PolicyDeltas.apply(base, delta.get()))
                        .as("%s: %s to %s by %s", name, base, next, delta)
                        .contains(next);
            }
        }

        private static PolicySnapshot read(ByteString bytes) {
            try {
                return PolicySnapshot.parseFrom(bytes);
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        }

        /// As an enforcer hears it: by messages.
        private void hear(List<DirectoryChange> changes, String name) {
            for (DirectoryChange change : changes) {
                TenantDirectory held =
                        directories.getOrDefault(change.tenant(), TenantDirectory.EMPTY);
                PeerDirectory message =
                        change.after().since(change.before(), change.addresses()).build();
                directories.put(change.tenant(), held.after(message).orElseThrow());
            }
            World world = new World(namespaces, units, rulesets, networks);
            for (String tenant : TENANTS) {
                TenantDirectory right = PolicyCompiler.directory(world, tenant);
                TenantDirectory held = directories.getOrDefault(tenant, TenantDirectory.EMPTY);
                assertThat(held.whole().build())
                        .as("%s, directory of '%s'", name, tenant)
                        .isEqualTo(right.whole().build());
            }
        }

        private Change change() {
            String number = String.valueOf(dice.random().nextInt(8));
            return switch (dice.random().nextInt(20)) {
                case 0 -> put(dice.unit("u" + number));
                case 1 -> put(dice.ruleset("r" + number));
                case 2 -> put(dice.network("n" + number));
                case 3 -> {
                    units.remove("u" + number);
                    yield new Change.UnitGone("u" + number);
                }
                case 4 -> {
                    rulesets.remove("r" + number);
                    yield new Change.RulesetGone("r" + number);
                }
                case 5 -> {
                    networks.remove("n" + number);
                    yield new Change.NetworkGone("n" + number);
                }
                case 6 -> {
                    String name = dice.oneOf(Dice.NAMESPACES);
                    namespaces.remove(name);
                    yield new Change.NamespaceGone(name);
                }
                case 7 ->
                        put(
                                new NamespaceState(
                                        dice.oneOf(Dice.NAMESPACES),
                                        dice.trafficAction(),
                                        dice.trafficAction(),
                                        List.of()));
                default -> alter(units.get("u" + number), dice.unit("u" + number));
            };
        }

        /// In one thing, mostly its tags.
        private Change alter(@Nullable ProcessingUnit unit, ProcessingUnit other) {
            if (unit == null) {
                return put(other);
            }
            return put(
                    switch (dice.random().nextInt(12)) {
                        case 0 -> with(unit, other.namespace(), unit.enforcerId());
                        case 1 -> with(unit, unit.namespace(), other.enforcerId());
                        case 2 -> unit.withTargets(other.targets());
                        case 3 ->
                                new ProcessingUnit(
                                        unit.id(),
                                        unit.namespace(),
                                        unit.enforcerId(),
                                        unit.tags(),
                                        other.addresses(),
                                        other.running(),
                                        unit.targets());
                        default -> unit.withTags(dice.tags());
                    });
        }

        private static ProcessingUnit with(
                ProcessingUnit unit, String namespace, String enforcerId) {
            return new ProcessingUnit(
                    unit.id(),
                    namespace,
                    enforcerId,
                    unit.tags(),
                    unit.addresses(),
                    unit.running(),
                    unit.targets());
        }

        private Change put(NamespaceState state) {
            namespaces.put(state.name(), state);
            return new Change.NamespaceIs(state);
        }

        private Change put(ProcessingUnit unit) {
            units.put(unit.id(), unit);
            return new Change.UnitIs(unit);
        }

        private Change put(Ruleset ruleset) {
            rulesets.put(ruleset.id(), ruleset);
            return new Change.RulesetIs(ruleset);
        }

        private Change put(ExternalNetwork network) {
            networks.put(network.id(), network);
            return new Change.NetworkIs(network);
        }
    }
}
