package io.ringfence.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.engine.names.DnsAnswers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WorldShrinkerTest {
    private static final DnsAnswers SILENCE = new DnsAnswers(List.of(), Duration.ZERO);

    @Test
    void leavesWhatAFailureNeeds() {
        World world =
                WorldText.parse(
                        """
                        ns / Reject Reject; ns /a Allow Allow;
                        pu u1 /a 10.0.0.1 a=1,b=2 enforcer=e; pu u2 /a 10.0.0.2 a=1 enforcer=e;
                        net n /a 10.0.0.0/8,!10.1.0.0/16 net=n propagate;
                        rs r1 /a a=1; in Allow a=1,b=2 tcp/80 as=one; out Reject b=2 any as=two;
                        rs r2 /a a=1; in Allow a=1 any as=three
                        """);
        World smallest = WorldShrinker.smallest(world, WorldShrinkerTest::rejectsSomething);

        assertThat(WorldWriter.write(smallest, SILENCE))
                .isEqualTo("rs r1 /a a=1;\nout REJECT - any as=two;\n");
    }

    @Test
    void aWorldIsReadAsItWasWritten() {
        Dice dice = new Dice(new Random(4));
        for (int i = 0; i < 200; i++) {
            World world = dice.world();
            DnsAnswers answers = dice.answers(Instant.EPOCH);
            String text = WorldWriter.write(world, answers);
            WorldText again = WorldText.read(text);
            assertThat(WorldWriter.write(again.world(), again.answers())).isEqualTo(text);
        }
    }

    private static boolean rejectsSomething(World world) {
        return world.rulesets().values().stream()
                .flatMap(ruleset -> ruleset.outgoing().stream())
                .anyMatch(rule -> rule.action() == Action.REJECT);
    }
}
