package io.ringfence.engine.incremental;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UsersTest {
    private static final int ENFORCERS = 50;

    private final long seed = Long.getLong("ringfence.test.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void whoeverUsesAGroupIsConcernedAndNobodyElse() {
        Enforcers enforcers = new Enforcers();
        List<Enforcer> all = new ArrayList<>();
        for (int i = 0; i < ENFORCERS; i++) {
            all.add(enforcers.of("e" + i));
        }
        Concerned concerned = new Concerned(enforcers);
        Users users = new Users();
        Map<String, Integer> uses = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            Enforcer enforcer = all.get(random.nextInt(ENFORCERS));
            boolean growing = step / 1_000 % 2 == 0;
            if (random.nextInt(3) == 0 != growing) {
                users.add(enforcer.number);
                uses.merge(enforcer.id, 1, Integer::sum);
            } else if (uses.containsKey(enforcer.id)) {
                users.remove(enforcer.number);
                uses.computeIfPresent(enforcer.id, (_, count) -> count == 1 ? null : count - 1);
            }
            users.concern(concerned);
            assertThat(concerned.take())
                    .as("seed %d, step %d", seed, step)
                    .containsExactlyInAnyOrderElementsOf(uses.keySet());
        }
    }
}
