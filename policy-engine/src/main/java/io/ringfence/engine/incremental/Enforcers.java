package io.ringfence.engine.incremental;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Those who enforce for at least one running unit, by id and by number.
final class Enforcers {
    private final Map<String, Enforcer> byId = new HashMap<>();
    private @Nullable String[] ids = {};
    private final Numbers numbers = new Numbers();

    @Nullable Enforcer known(String id) {
        return byId.get(id);
    }

    Enforcer of(String id) {
        return byId.computeIfAbsent(id, this::add);
    }

    String id(int number) {
        return Objects.requireNonNull(ids[number]);
    }

    /// Above every number there is.
    int bound() {
        return numbers.bound();
    }

    void forget(Enforcer enforcer) {
        byId.remove(enforcer.id);
        ids[enforcer.number] = null;
        numbers.takeBack(enforcer.number);
    }

    private Enforcer add(String id) {
        int number = numbers.give();
        if (number >= ids.length) {
            ids = Arrays.copyOf(ids, 2 * number + 1);
        }
        ids[number] = id;
        return new Enforcer(number, id);
    }
}
