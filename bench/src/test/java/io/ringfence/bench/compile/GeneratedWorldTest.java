package io.ringfence.bench.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.bench.measure.Results;
import io.ringfence.engine.ProcessingUnit;
import io.ringfence.engine.incremental.Change;
import io.ringfence.engine.incremental.IncrementalCompiler;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeneratedWorldTest {
    private final GeneratedWorld world = new GeneratedWorld(300, 30, 1);

    @Test
    void hasUnitsOfFifteenTagsThatRulesetsConcern() {
        assertThat(world.units())
                .hasSize(300)
                .allSatisfy(unit -> assertThat(unit.tags()).hasSize(15));
        assertThat(world.rulesets()).hasSize(30);
        IncrementalCompiler compiler = new IncrementalCompiler();
        assertThat(compiler.apply(world.asChanges())).hasSize(30);
    }

    @Test
    void aChangedTagIsSeenByRescanningWhereItIsSeenByTheCompiler() {
        IncrementalCompiler compiler = new IncrementalCompiler();
        compiler.apply(world.asChanges());
        Rescan rescan = new Rescan(world.rulesets());
        int concerned = 0;
        for (ProcessingUnit before : world.units()) {
            ProcessingUnit after = world.retagged(before);
            boolean toggles = rescan.toggled(before, after) > 0;
            List<String> enforcers = compiler.apply(List.of(new Change.UnitIs(after)));
            assertThat(enforcers.isEmpty() || toggles).isTrue();
            concerned += enforcers.size();
        }
        assertThat(concerned).isPositive();
    }

    @Test
    void isMeasured() {
        Results results = new Results();
        new CompileBench("300-30", world, results).run(100, 80);
        assertThat(results.toString())
                .contains("\"full-compile/300-30\"", "\"tag-change/300-30\"", "\"ratio\"");
    }
}
