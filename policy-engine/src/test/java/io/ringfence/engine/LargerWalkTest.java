package io.ringfence.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.schedule.Validity;
import io.ringfence.contracts.tag.TagExpression;
import io.ringfence.engine.incremental.Change;
import io.ringfence.engine.incremental.IncrementalCompiler;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A tenant of some hundred units whose rules speak of ever new tags, so that what is kept for the
/// old ones is given up: as [RandomWalkTest], where that never comes to it. Repeat a failure with
/// `-Dringfence.test.seed=SEED`.
class LargerWalkTest {
    private static final int ENFORCERS = 40;
    private static final int UNITS = 200;
    private static final int RULESETS = 60;
    private static final int STEPS = 20;

    private final long seed = Long.getLong("ringfence.test.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final IncrementalCompiler compiler = new IncrementalCompiler();
    private final Map<String, ProcessingUnit> units = new HashMap<>();
    private final Map<String, Ruleset> rulesets = new HashMap<>();
    private final Map<String, ByteString> had = new HashMap<>();

    @Test
    void leadsWhereCompilingFromScratchLeads() {
        for (int enforcer = 0; enforcer < ENFORCERS; enforcer++) {
            had.put("e" + enforcer, compiler.compile("e" + enforcer).toByteString());
        }
        for (int step = 0; step < STEPS; step++) {
            List<Change> changes = new ArrayList<>();
            for (int count = 0; count < UNITS / 2; count++) {
                changes.add(changedUnit(step));
            }
            for (int count = 0; count < RULESETS; count++) {
                changes.add(changedRuleset(step));
            }
            List<String> concerned = compiler.apply(changes);
            PolicyCompiler fromScratch =
                    new PolicyCompiler(new World(Map.of(), units, rulesets, Map.of()));
            concerned.forEach(id -> had.put(id, compiler.compile(id).toByteString()));
            for (Map.Entry<String, ByteString> each : had.entrySet()) {
                ByteString right = fromScratch.compile(each.getKey()).toByteString();
                assertThat(Objects.equals(each.getValue(), right))
                        .as("seed %d, step %d, %s", seed, step, each.getKey())
                        .isTrue();
            }
        }
    }

    private Change changedUnit(int step) {
        String id = "u%03d".formatted(random.nextInt(UNITS));
        if (random.nextInt(6) == 0) {
            units.remove(id);
            return new Change.UnitGone(id);
        }
        Set<String> tags = new HashSet<>(Set.of("env=" + random.nextInt(2)));
        for (int count = 0; count < 8; count++) {
            tags.add(tag(step));
        }
        ProcessingUnit unit =
                new ProcessingUnit(
                        id,
                        random.nextBoolean() ? "/a" : "/a/b",
                        "e" + random.nextInt(ENFORCERS),
                        tags,
                        List.of(InetAddress.ofLiteral("10.0.0." + random.nextInt(250))),
                        true);
        units.put(id, unit);
        return new Change.UnitIs(unit);
    }

    private Change changedRuleset(int step) {
        String id = "r%02d".formatted(random.nextInt(RULESETS));
        Ruleset ruleset =
                new Ruleset(
                        id,
                        id,
                        "/a",
                        random.nextBoolean(),
                        random.nextInt(8) == 0,
                        false,
                        Validity.ALWAYS,
                        expression(step),
                        List.of(rule(step)),
                        List.of(rule(step), rule(step)));
        rulesets.put(id, ruleset);
        return new Change.RulesetIs(ruleset);
    }

    private Rule rule(int step) {
        Action action = random.nextInt(4) == 0 ? Action.REJECT : Action.ALLOW;
        return new Rule("", action, expression(step), List.of(), false, false);
    }

    private TagExpression expression(int step) {
        List<List<String>> clauses = new ArrayList<>();
        for (int count = 0; count < 3; count++) {
            clauses.add(List.of(tag(step)));
        }
        clauses.add(List.of(tag(step) + "*", "env=" + random.nextInt(2)));
        return new TagExpression(clauses);
    }

    /// One of two hundred, and of others a little later.
    private String tag(int step) {
        return "t=" + (step * 100 + random.nextInt(200));
    }
}
