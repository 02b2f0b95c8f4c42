package io.ringfence.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.policy.ProcessingUnitPolicy;
import io.ringfence.contracts.schedule.Validity;
import io.ringfence.contracts.topic.Partitioning;
import io.ringfence.engine.names.DnsAnswers;
import io.ringfence.engine.reference.ReferenceJudge;
import java.net.InetAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Small crowded worlds: what the evaluator says, and what a kernel would make of the compiled
/// snapshot, must be what DESIGN §4 says. A failure prints the smallest world that still fails;
/// repeat it with `-Dringfence.test.seed=SEED`.
class RandomWorldTest {
    private static final int WORLDS = 10_000;
    private static final int QUESTIONS = 20;

    private final long seed = Long.getLong("ringfence.test.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Dice dice = new Dice(random);

    @Test
    void evaluatorAndCompilerSayWhatTheReferenceSays() {
        for (int i = 0; i < WORLDS; i++) {
            World world = dice.world();
            Instant now = dice.instant();
            DnsAnswers answers = dice.answers(now);
            Judges judges = new Judges(world, answers, now);
            for (int question = 0; question < QUESTIONS; question++) {
                Optional<Question> asked = Question.about(world, dice);
                asked.filter(it -> it.isAnsweredDifferently(judges))
                        .ifPresent(it -> fail(it, world, answers, now));
            }
        }
    }

    @Test
    void theSameWorldGivesTheSameBytesHoweverItCameToBe() {
        for (int i = 0; i < 200; i++) {
            World world = dice.world();
            World again =
                    new World(
                            new HashMap<>(world.namespaces()),
                            new HashMap<>(world.processingUnits()),
                            new HashMap<>(world.rulesets()),
                            new HashMap<>(world.externalNetworks()));
            PolicyCompiler warm = new PolicyCompiler(world);
            warm.compile("e1");
            PolicySnapshot snapshot = warm.compile("e0");
            assertThat(PolicyCompiler.compile(again, "e0").toByteString())
                    .as("seed %d, world %d", seed, i)
                    .isEqualTo(snapshot.toByteString());
        }
    }

    @Test
    void aRulesetIsAsValidAsItIsUntilItsNextChange() {
        for (int i = 0; i < 1_000; i++) {
            Instant now = dice.instant();
            for (Ruleset ruleset : dice.world().rulesets().values()) {
                Validity validity = ruleset.validity();
                Instant change = validity.nextChange(now).orElse(now.plusSeconds(90_000));
                long seconds = Math.min(90_000, change.getEpochSecond() - now.getEpochSecond());
                Instant before = now.plusSeconds(random.nextLong(Math.max(1, seconds)));
                assertThat(validity.isActiveAt(before))
                        .as("seed %d, world %d, %s, from %s to %s", seed, i, validity, now, before)
                        .isEqualTo(validity.isActiveAt(now));
            }
        }
    }

    /// Who does not speak of names pays nothing for those who do.
    @Test
    void onlyDomainEntriesMakeASnapshotLonger() {
        int withDomains = 0;
        for (int i = 0; i < 1_000; i++) {
            World world = dice.world();
            PolicySnapshot snapshot = PolicyCompiler.compile(world, "e0");
            boolean hasDomains = snapshot.getNetworksCount() > 0;
            withDomains += hasDomains ? 1 : 0;
            assertThat(PolicyCompiler.resolve(world, snapshot).hasDomains()).isEqualTo(hasDomains);
            for (ProcessingUnitPolicy unit : snapshot.getProcessingUnitsList()) {
                if (!hasDomains) {
                    assertThat(unit.getIncoming().hasDomainRules()).isFalse();
                    assertThat(unit.getOutgoing().hasDomainRules()).isFalse();
                }
            }
        }
        assertThat(withDomains).isBetween(50, 950);
    }

    private void fail(Question question, World world, DnsAnswers answers, Instant now) {
        World smallest =
                WorldShrinker.smallest(
                        world,
                        candidate ->
                                candidate.processingUnits().containsKey(question.unitId)
                                        && question.isAnsweredDifferently(
                                                new Judges(candidate, answers, now)));
        Judges judges = new Judges(smallest, answers, now);
        throw new AssertionError(
                "seed %d: %s at %s%n%nreference: %s%nevaluator: %s%ncompiled:  %s%nresolved:  %s%n%n%s"
                        .formatted(
                                seed,
                                question,
                                now,
                                judges.reference(question),
                                judges.evaluated(question),
                                judges.compiled(question),
                                judges.resolved(question),
                                WorldWriter.write(smallest, answers)));
    }

    /// One side's question, and whom the peer is reported as.
    record Question(Direction direction, String unitId, InetAddress peer, Traffic traffic) {
        static Optional<Question> about(World world, Dice dice) {
            List<String> judged =
                    world.processingUnits().values().stream()
                            .filter(unit -> unit.running() && !unit.enforcerId().isEmpty())
                            .map(ProcessingUnit::id)
                            .sorted()
                            .toList();
            return judged.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new Question(
                                    dice.oneOf(List.of(Direction.values())),
                                    dice.oneOf(judged),
                                    InetAddress.ofLiteral(dice.oneOf(Dice.ADDRESSES)),
                                    dice.traffic()));
        }

        boolean isAnsweredDifferently(Judges judges) {
            Answer right = judges.reference(this);
            return !right.equals(judges.evaluated(this))
                    || !right.equals(judges.compiled(this))
                    || !right.equals(judges.resolved(this));
        }
    }

    record Answer(Verdict verdict, Peer peer) {}

    /// The four who are asked.
    private static final class Judges {
        private final World world;
        private final ReferenceJudge reference;
        private final PolicyCompiler compiler;
        private final World unanswered;
        private final PolicyCompiler beforeAnswers;
        private final DnsAnswers answers;
        private final Instant now;
        private final Map<String, SnapshotInterpreter> snapshots = new HashMap<>();
        private final Map<String, SnapshotInterpreter> resolved = new HashMap<>();

        Judges(World raw, DnsAnswers answers, Instant now) {
            this.answers = answers;
            this.now = now;
            reference = new ReferenceJudge(raw, answers, now);
            world = answers.resolve(raw.at(now), now);
            compiler = new PolicyCompiler(world);
            unanswered = raw.at(now);
            beforeAnswers = new PolicyCompiler(unanswered);
        }

        Answer reference(Question asked) {
            ProcessingUnit unit = unit(asked);
            return new Answer(
                    reference.judge(asked.direction, unit, asked.peer, asked.traffic),
                    reference.peer(unit.namespace(), asked.peer));
        }

        Answer evaluated(Question asked) {
            return new Answer(
                    PolicyEvaluator.judge(
                            world, asked.direction, asked.unitId, asked.peer, asked.traffic),
                    PolicyEvaluator.peer(world, unit(asked).namespace(), asked.peer));
        }

        Answer compiled(Question asked) {
            SnapshotInterpreter snapshot =
                    snapshots.computeIfAbsent(
                            unit(asked).enforcerId(),
                            id ->
                                    new SnapshotInterpreter(
                                            PolicyCompiler.resolve(world, compiler.compile(id))
                                                    .with(Map.of())));
            return answer(asked, snapshot);
        }

        /// What an enforcer makes of a policy that was compiled before DNS said anything, and of
        /// what DNS says then. Who owns an address is known within one tenant.
        Answer resolved(Question asked) {
            String enforcer = unit(asked).enforcerId();
            if (enforced(enforcer)
                            .map(other -> Partitioning.tenantOf(other.namespace()))
                            .distinct()
                            .count()
                    > 1) {
                return compiled(asked);
            }
            return answer(asked, resolved.computeIfAbsent(enforcer, this::resolve));
        }

        /// What was answered at other times is in it already, and may leave nothing behind.
        private SnapshotInterpreter resolve(String enforcer) {
            ResolvedPolicy policy =
                    PolicyCompiler.resolve(unanswered, beforeAnswers.compile(enforcer));
            policy.with(Answers.all(answers));
            return new SnapshotInterpreter(policy.with(Answers.holding(answers, now)));
        }

        /// The snapshot's peers are those of all the enforcer's namespaces together; where there
        /// are several, the reference's answer for one of them is no measure.
        private Answer answer(Question asked, SnapshotInterpreter snapshot) {
            ProcessingUnit unit = unit(asked);
            boolean oneNamespace =
                    enforced(unit.enforcerId())
                            .allMatch(other -> other.namespace().equals(unit.namespace()));
            return new Answer(
                    snapshot.judge(asked.direction, asked.unitId, asked.peer, asked.traffic),
                    oneNamespace
                            ? snapshot.peer(asked.peer)
                            : PolicyEvaluator.peer(world, unit.namespace(), asked.peer));
        }

        private Stream<ProcessingUnit> enforced(String enforcer) {
            return world.processingUnits().values().stream()
                    .filter(other -> other.running() && other.enforcerId().equals(enforcer));
        }

        private ProcessingUnit unit(Question asked) {
            return Objects.requireNonNull(world.processingUnits().get(asked.unitId), asked.unitId);
        }
    }
}
